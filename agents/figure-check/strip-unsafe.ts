/**
 * Makes a model's answer safe to show: no invisible characters, and nothing that a surface turns into a link, an image,
 * a mention or HTML. Answers have no links, so every one is someone else's. Bold, lists, tables and code stay.
 */
import { withoutInvisible } from '../../src/domain/visible-text.ts';

const IMAGE_OR_LINK =
  /!?\[([^\][\n]{0,500})\](?:\([^()\n]{0,2000}(?:\([^()\n]{0,500}\)[^()\n]{0,500})?\)|\[[^\]\n]{0,500}\])/g;
const DEFINITION = /^[ \t]{0,3}\[[^\]\n]{1,500}\]:[ \t]*\S[^\n]*$/gm;
/** Slack's and HTML's angle brackets: `<https://x|text>`, `<@U1>`, `<!channel>`, `<a href>`, `<img>`. */
const ANGLE_URL =
  /<((?:https?|ftp|mailto|tel|data|javascript|file):[^<>|\s]{0,2000})(?:\|([^<>\n]{0,500}))?>/gi;
const SLACK_MENTION = /<[@#!][^<>\n]{0,200}>/g;
const TAG = /<\/?[a-z][^<>]{0,2000}>|<!--[^\n]{0,2000}?-->/gi;
const SCHEME =
  /(?:[a-z][a-z0-9+.-]{0,20}:\/\/|(?<![a-z])(?:mailto|tel|data|javascript|vbscript|file):(?=\S))[^\s<>"'`)\]}|]{0,2000}/gi;
const WWW = /\bwww\.[^\s)\]}>"'|]{1,500}/gi;
/** A bare host is made a link by most surfaces. Only real-looking endings, so that "e.g. this" and "12.500" stay. */
const HOST =
  /(?<![@\p{L}\p{N}._-])(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61})\.){1,8}(?:com|net|org|io|co|dev|app|ai|info|biz|me|xyz|top|site|online|link|click|ru|cn|de|uk|fr|us|eu|nl|jp|in|ly|gg|sh|to|cc|tk)(?![\p{L}\p{N}-])(?:[:/?#][^\s)\]}>"'|]{0,2000})?/giu;
const BROADCAST = /@(channel|here|everyone|all)\b/gi;
const REMOVED = '(link removed)';
/** Taking one thing out may put another together; what is still not settled after this loses its brackets. */
const ROUNDS = 4;

/** Names such as "Booking.com" stay readable but are no link; an address with a path or port goes. */
const unlinkHost = (host: string): string =>
  /[:/?#]/.test(host) ? REMOVED : host.replace(/\.(?=[^.]*$)/, ' .');

const neutralise = (text: string): string =>
  text
    .replace(DEFINITION, '')
    .replace(IMAGE_OR_LINK, '$1')
    .replace(ANGLE_URL, (_, _url, label: string | undefined) => label ?? REMOVED)
    .replace(SLACK_MENTION, '')
    .replace(TAG, '')
    .replace(SCHEME, REMOVED)
    .replace(WWW, REMOVED)
    .replace(HOST, unlinkHost)
    .replace(/\]\(\(link removed\)\)?/g, '] (link removed)')
    .replace(BROADCAST, '$1');

/** The same text when applied again. */
export function stripUnsafe(text: string): string {
  let safe = withoutInvisible(text);
  for (let round = 0; round < ROUNDS; round++) {
    const next = neutralise(safe);
    if (next === safe) return safe;
    safe = next;
  }
  return neutralise(safe.replace(/[[\]<>]/g, ''));
}
