/**
 * The little markdown of an answer (bold, lists, line breaks) as elements. Nothing else is read: no links, no
 * pictures, no markup.
 */
import { el } from './dom.ts';

/** Text with **bold** parts. */
function inline(text: string): Node[] {
  return text.split(/(\*\*[^*\n]+\*\*)/g).flatMap((part): Node[] => {
    if (part === '') return [];
    const bold = /^\*\*([^*]+)\*\*$/.exec(part)?.[1];
    return [bold ? el('strong', {}, bold) : document.createTextNode(part)];
  });
}

const itemPattern = /^\s*(?:[-*•]|(\d{1,3})[.)])\s+(.*)$/;

function paragraph(lines: string[]): HTMLElement {
  const nodes = lines.flatMap((line, at) => [...(at > 0 ? [el('br')] : []), ...inline(line)]);
  return el('p', {}, ...nodes);
}

/** A paragraph, or a list where lines begin with "-" or "1.". */
export function markdown(text: string): HTMLElement[] {
  const blocks: HTMLElement[] = [];
  let plain: string[] = [];
  let list: HTMLElement = el('ul');
  let listed = false;
  const flush = () => {
    if (plain.length > 0) blocks.push(paragraph(plain));
    plain = [];
  };
  for (const line of text.split('\n')) {
    const item = itemPattern.exec(line);
    if (item) {
      flush();
      const kind = item[1] ? 'OL' : 'UL';
      if (!listed || list.tagName !== kind) {
        list = el(item[1] ? 'ol' : 'ul');
        if (item[1] && item[1] !== '1') list.setAttribute('start', item[1]);
        blocks.push(list);
        listed = true;
      }
      list.append(el('li', {}, ...inline(item[2] ?? '')));
      continue;
    }
    listed = false;
    if (line.trim() === '') flush();
    else plain.push(line);
  }
  flush();
  return blocks;
}
