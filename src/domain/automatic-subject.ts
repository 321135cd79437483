/** Tells mail that a machine wrote by its subject, where the machine did not say so in a header. */

const AUTOMATIC =
  /^\s*(?:auto(?:matic|matische)?[ -]?(?:reply|response|antwort)|auto:|out of (?:the )?office|abwesen|réponse automatique|absence|respuesta automática|fuera de la oficina|undeliver|delivery status|mail delivery|returned mail|failure notice)/i;

/** What an absence or a failed delivery is called by mail programs; marks of an answer before it do not count. */
export const isAutomaticSubject = (subject: string): boolean =>
  AUTOMATIC.test(subject.replace(/^(?:\s*(?:re|aw|fwd?|wg|tr|rv)\s*:)+/i, ''));
