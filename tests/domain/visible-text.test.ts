import { describe, expect, test } from 'vitest';
import { visibleJson, withoutInvisible } from '../../src/domain/visible-text.ts';

describe('text as a reader sees it', () => {
  test('what cannot be seen is gone: zero width, direction, tags, escapes, lone halves', () => {
    expect(withoutInvisible('Ac\u200bme\u00ad \u202eCorp\u2066')).toBe('Acme Corp');
    expect(withoutInvisible('\u001b[2JAcme\u009b\u0007')).toBe('[2JAcme');
    expect(withoutInvisible('Acme\u{e0049}\u{e0067}\u{e006e}')).toBe('Acme');
    expect(withoutInvisible('Acme\ud800')).toBe('Acme');
  });

  test('what can be seen stays: accents, other scripts, emoji of several parts, tabs and line breaks', () => {
    for (const text of ['Müller & Søn', '株式会社', 'שלום', '👩‍💻', 'a\tb\nc'])
      expect(withoutInvisible(text)).toBe(text);
    expect(withoutInvisible('a\r\nb\u2028c')).toBe('a\nb\nc');
  });

  test('every text of data is cleaned, and nothing else of it changes', () => {
    const data = { name: 'Ac\u200bme', list: ['\u202ex', 1, null, true], open: '12.50' };
    expect(JSON.parse(visibleJson(data))).toEqual({
      name: 'Acme',
      list: ['x', 1, null, true],
      open: '12.50',
    });
  });
});
