/** What somebody wrote himself: without the mail that he answers. A forwarded mail is what he wants read, and stays. */

const FORWARD =
  /forwarded message|begin forwarded|weitergeleitete nachricht|message transf[eé]r[eé]|mensaje reenviado|doorgestuurd bericht/i;
const ANSWERED =
  /^(?:>.*|-{2,} ?(?:original message|ursprüngliche nachricht|message d'origine|mensaje original|oorspronkelijk bericht) ?-{2,}|_{20,}|(?:on|am|le|el|op) .{6,120}(?:wrote|schrieb|a écrit|escribió|schreef)\b.{0,60}:)\s*$/i;
const HEADER =
  /^\*?(?:from|von|de|van|sent|gesendet|envoyé|enviado|verzonden|date|datum|to|an|à|para|aan|subject|betreff|objet|asunto|onderwerp)\*?\s*:\s*\S/i;

/** The text in front of the answered mail, and without its quoted lines. */
export function ownWords(text: string): string {
  if (FORWARD.test(text.slice(0, 2000))) return text;
  const lines = text.split('\n');
  const kept: string[] = [];
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!.trim().slice(0, 300);
    const wrote =
      ANSWERED.test(line) || ANSWERED.test(`${line} ${(lines[i + 1] ?? '').trim().slice(0, 200)}`.trim());
    const head = HEADER.test(line) && HEADER.test((lines[i + 1] ?? '').trim().slice(0, 300));
    if (line.startsWith('>')) kept.push('');
    else if (
      (wrote || head) &&
      kept.some((each) => each.trim() !== '' && !HEADER.test(each.trim().slice(0, 300)))
    )
      break;
    else kept.push(lines[i]!);
  }
  return kept.join('\n');
}
