import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stripUnsafe } from '../../agents/figure-check/strip-unsafe.ts';

describe('what a surface would turn into a link, an image or a mention is taken out', () => {
  test.each([
    ['[pay here](https://evil.example/p?d=1)', 'pay here'],
    ['![total](https://evil.example/x.png?q=12500)', 'total'],
    ['[pay][1]\n[1]: https://evil.example', 'pay\n'],
    ['![][1] see [this][]', ' see this'],
    ['see https://evil.example/a?b=c now', 'see (link removed) now'],
    ['see HTTP://EVIL.example', 'see (link removed)'],
    ['<https://evil.example|the portal>', 'the portal'],
    ['<https://evil.example>', '(link removed)'],
    ['ping <@U0123> and <!channel> in <#C9|general>', 'ping  and  in '],
    ['@channel and @here please', 'channel and here please'],
    ['<img src=x onerror=alert(1)>hi<script>x</script>', 'hix'],
    ['www.evil.example/x and evil.com/?q=1', '(link removed) and (link removed)'],
    [
      'javascript:alert(1) data:text/html;base64,xx mailto:a@b.c',
      '(link removed)) (link removed) (link removed)',
    ],
    ['[a](//evil.com/x)', 'a'],
    ['[a [b] c](https://evil.example)', '[a [b] c] (link removed)'],
    ['h<b></b>ttps://evil.example', '(link removed)'],
    ['[a]<i></i>(https://evil.example)', '[a] (link removed)'],
    ['Booking.com owes us', 'Booking .com owes us'],
  ])('%j', (unsafe, safe) => {
    const shown = stripUnsafe(unsafe);
    expect(shown).not.toMatch(/:\/\/|\]\(|www\.|<[a-z@!#/]/i);
    expect(shown).toBe(safe);
  });

  test('invisible, bidirectional and tag characters are taken out, and lone surrogates', () => {
    const hidden = 'ig\u200bnore\u202e \u2066this\u2069\u{E0041}\u{E0042}\ufeff\u00ad\u0007\ud800';
    expect(stripUnsafe(hidden)).toBe('ignore this');
  });
});

describe('what a reader needs stays', () => {
  test.each([
    '**Northwind** owes 12,500.00 USD.\n\n- INV-20418, due 2026-08-01\n- INV-20419\n\n1. one\n2. two',
    '| Customer | Open |\n|---|---:|\n| Müller & Söhne GmbH | 1.234,50 EUR |',
    'Contact: ap.team@stark.example, +49 (30) 1234 — see [INV-1] (overdue), e.g. this. And so on.',
    'a < b and c > d; 12.500 etc. `code` 👩‍💻 café 日本語 العربية',
    'ap@stark.com and john.doe@sub.stark.co.uk',
  ])('%j', (text) => {
    expect(stripUnsafe(text)).toBe(text);
  });
});

test('stripping twice is stripping once, and nothing that looks like a link is left', () => {
  const piece = fc.constantFrom(
    '[',
    ']',
    '(',
    ')',
    '!',
    '<',
    '>',
    'https://',
    'h',
    'ttps:',
    '//',
    'evil.com',
    'www.',
    'evil',
    '.com',
    '/x',
    '@',
    'here',
    'channel',
    '\u200b',
    '\u202e',
    '\n',
    ' ',
    ':',
    '|',
    '[1]: x',
    '<b>',
    '</b>',
    'javascript:',
    '\u200d',
    '👩',
    '**',
    '-->',
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 24 }).map((pieces) => pieces.join('')),
      (text) => {
        const once = stripUnsafe(text);
        expect(stripUnsafe(once)).toBe(once);
        expect(once).not.toMatch(
          /[a-z]:\/\/\S|!?\[[^\][\n]*\]\([^()\n]*\)|(?<![a-z])javascript:\S|[\u200b\u202e]/i,
        );
      },
    ),
    { numRuns: 3_000 },
  );
});
