import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nameForms, spellingDistance } from '../../src/domain/name-forms.ts';
import { type NameCandidate, resolveName } from '../../src/domain/name-resolution.ts';

const named = (
  id: number,
  name: string,
  over: { code?: string; aliases?: string[]; ancestors?: number[] } = {},
): NameCandidate => ({
  id,
  name,
  code: over.code ?? `C-${id}`,
  aliases: over.aliases ?? [],
  ancestors: over.ancestors ?? [],
});

const acmeCorp = named(1, 'Acme Corp');
const acmeGmbh = named(2, 'Acme GmbH');
const stark = named(3, 'Stark Industries');
const northwind = named(4, 'Northwind Traders');
const northwindEurope = named(5, 'Northwind Europe B.V.', { ancestors: [4] });
const globex = named(6, 'Globex Corporation', { aliases: ['gbx'] });
const all = [acmeCorp, acmeGmbh, stark, northwind, northwindEurope, globex];

const short = (asked: string, candidates: readonly NameCandidate[] = all) => {
  const { why, resolved, fits } = resolveName(asked, candidates);
  return { why, resolved, ids: fits.map((fit) => fit.id) };
};

describe('which customer a name means', () => {
  test('two customers that share a name are both asked back', () => {
    expect(short('acme')).toEqual({ why: 'several', resolved: null, ids: [1, 2] });
  });

  test('the same full name, typed with its legal form, wins over the shared name', () => {
    expect(short('acme gmbh')).toEqual({ why: 'one', resolved: 2, ids: [2] });
    expect(short('ACME Corp.')).toEqual({ why: 'one', resolved: 1, ids: [1] });
  });

  test('a name with a legal form that nobody has is not silently taken for another company', () => {
    expect(short('Acme Ltd')).toEqual({ why: 'several', resolved: null, ids: [1, 2] });
    expect(short('Globex GmbH')).toEqual({ why: 'spelling', resolved: 6, ids: [6] });
  });

  test.each([
    ['stark', 3],
    ["Stark's", 3],
    ["'Stark Industries'", 3],
    ['“stark industries”', 3],
    ["Stark Industries'", 3],
    ['the stark account', 3],
    ['C-3', 3],
    ['c-3', 3],
    ['GBX', 6],
    ['globex?', 6],
  ])('%s is taken without a doubt', (asked, id) => {
    expect(short(asked)).toEqual({ why: 'one', resolved: id, ids: [id] });
  });

  test('a group is taken at its head, which comes first', () => {
    expect(short('northwind')).toEqual({ why: 'group', resolved: 4, ids: [4, 5] });
    expect(short('northwind', [northwindEurope, northwind])).toMatchObject({ ids: [4, 5] });
  });

  test('customers of one group without their head among them are asked back', () => {
    const sisters = [
      named(7, 'Hooli Japan', { ancestors: [9] }),
      named(8, 'Hooli Spain', { ancestors: [9] }),
    ];
    expect(short('hooli', sisters)).toEqual({ why: 'several', resolved: null, ids: [7, 8] });
  });

  test('a code and a name that mean different customers are asked back', () => {
    const coded = named(7, 'Umbrella', { code: 'STARK' });
    const plain = named(8, 'Stark');
    expect(short('stark', [coded, plain]).why).toBe('several');
  });

  test.each([
    ['northwnd', 4],
    ['globx', 6],
    ['strak industries', 3],
    ['starkindustries', 3],
    ['globxe', 6],
  ])('%s is the nearest spelling, and said so', (asked, id) => {
    expect(short(asked)).toMatchObject({ why: 'spelling', resolved: id });
  });

  test('two spellings equally near are asked back', () => {
    expect(short('glibex', [named(1, 'Globex'), named(2, 'Glibox')])).toMatchObject({
      why: 'several',
      resolved: null,
    });
  });

  test.each(['banana', 'friday', 'invoice', 'us', 'everyone', '?!', '   '])('%s is no customer', (asked) => {
    expect(short(asked)).toEqual({ why: 'none', resolved: null, ids: [] });
  });

  test('a firm whose name ends like a possessive is found by its own name', () => {
    expect(short("levi's", [named(1, "Levi's"), named(2, 'Levi')])).toEqual({
      why: 'one',
      resolved: 1,
      ids: [1],
    });
    expect(nameForms("acme's").map((form) => form.base)).toEqual(['acmes', 'acme']);
  });

  test('one name of many always finds its customer, and never resolves to another', () => {
    const word = fc.constantFrom('acme', 'alder', 'birch', 'cedar', 'delta', 'ember', 'falcon');
    const name = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
    const names = fc.uniqueArray(name, { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(names, fc.nat(), (list, pick) => {
        const candidates = list.map((each, i) => named(i + 1, each));
        const wanted = candidates[pick % candidates.length]!;
        const { why, resolved } = resolveName(wanted.name.toUpperCase(), candidates);
        expect({ why, resolved }).toEqual({ why: 'one', resolved: wanted.id });
      }),
    );
  });

  test('what is resolved is always among what fits, and several fits are never resolved without a head', () => {
    const name = fc.array(fc.constantFrom('acme', 'acne', 'corp', 'gmbh', 'west'), {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(fc.array(name, { maxLength: 6 }), name, (list, asked) => {
        const candidates = list.map((words, i) => named(i + 1, words.join(' ')));
        const { why, resolved, fits } = resolveName(asked.join(' '), candidates);
        if (resolved === null) expect(['several', 'none']).toContain(why);
        else expect(fits.map((fit) => fit.id)).toEqual([resolved]);
      }),
    );
  });
});

describe('spelling distance', () => {
  test.each([
    ['globex', 'globx', 1],
    ['acme', 'acem', 1],
    ['cyberdyne', 'cyberdine', 1],
    ['acme', 'acme', 0],
    ['', 'ab', 2],
    ['abcd', 'wxyz', null],
  ])('from %s to %s is %s', (one, other, distance) => {
    expect(spellingDistance(one, other, 3)).toBe(distance);
  });

  test('is the same in both directions', () => {
    const word = fc.string({ maxLength: 8 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(spellingDistance(a, b, 9)).toBe(spellingDistance(b, a, 9));
      }),
    );
  });
});
