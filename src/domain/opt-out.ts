/** Tells a wish for no more mail by its subject alone: what a mail program or a person sends to stop it. */

/** Whole subjects, in the languages that letters are written in. */
const WISHES = new Set([
  'unsubscribe',
  'stop',
  'opt out',
  'optout',
  'remove me',
  'abmelden',
  'abbestellen',
  'désabonner',
  'désinscription',
  'desabonner',
  'desinscription',
  'baja',
  'darse de baja',
  'cancelar suscripción',
  'cancelar suscripcion',
]);

/** True for "unsubscribe", "Re: STOP!", "Opt-out": nothing else may stand in the subject. */
export function asksForNoMail(subject: string | null): boolean {
  const words = (subject ?? '')
    .toLowerCase()
    .replace(/^(?:\s*(?:re|aw|fwd?|wg|tr|rv)\s*:)+/i, '')
    .replace(/[\s\p{P}]+/gu, ' ')
    .trim();
  return WISHES.has(words);
}
