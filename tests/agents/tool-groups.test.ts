import { AIMessage, HumanMessage } from '@langchain/core/messages';
import { describe, expect, test } from 'vitest';
import { groupFor, OPEN_TOOLS, offered, openedBy } from '../../agents/collector/tool-groups.ts';
import { createTools, groupOf, type Operations, toolGroups } from '../../tools/index.ts';
import { goldenActs } from '../golden/acts.ts';
import { goldenCash } from '../golden/cash.ts';

/** The registry only names its operations here; none is run. */
const tools = createTools({} as Operations);
const named = (group: 'chase' | 'cash') => offered(tools, group).map(({ name }) => name);

describe('the tools that a request to a model carries', () => {
  test('every tool is in some request, and those of the ledger in each', () => {
    const all = new Set(toolGroups.flatMap(named));
    expect(tools.map(({ name }) => name).filter((name) => !all.has(name))).toEqual([]);
    for (const { name } of tools.filter((tool) => groupOf(tool.name) === null))
      for (const group of toolGroups) expect(named(group)).toContain(name);
  });

  test('each request can change the group', () => {
    for (const group of toolGroups) expect(named(group)).toContain(OPEN_TOOLS);
    expect(openedBy({ group: 'cash' })).toBe('cash');
    expect(openedBy({ group: 'everything' })).toBeNull();
    expect(openedBy(null)).toBeNull();
  });

  test('a registry without one of the groups is given as it is', () => {
    const ledger = tools.filter((tool) => groupOf(tool.name) === null);
    expect(offered(ledger, 'chase')).toEqual(ledger);
  });

  test('the words of the question choose, else those of the turns before, else chasing', () => {
    const about = (text: string) => new HumanMessage(text);
    expect(groupFor('its a wire fee, write it off', [about('draft a nudge to acme')])).toBe('cash');
    expect(groupFor('firmer, cc their controller', [about('match payments')])).toBe('chase');
    expect(groupFor('the second one', [about('match payments')])).toBe('cash');
    expect(groupFor('the second one', [about('draft a nudge to acme')])).toBe('chase');
    expect(
      groupFor('do that', [
        about('hm'),
        new AIMessage({ content: '', tool_calls: [{ id: '1', name: 'explain_payment', args: {} }] }),
      ]),
    ).toBe('cash');
    expect(groupFor('who owes us the most', [])).toBe('chase');
  });

  test('of the golden conversations nearly every turn begins with the group that it needs', () => {
    let right = 0;
    let turns = 0;
    for (const { turns: all } of [...goldenActs, ...goldenCash]) {
      const before: HumanMessage[] = [];
      for (const { ask, calls } of all) {
        const needed = calls.map(({ tool }) => groupOf(tool)).find((group) => group !== null);
        if (needed) {
          turns += 1;
          if (groupFor(ask, before) === needed) right += 1;
        }
        before.push(new HumanMessage(ask));
      }
    }
    expect(turns).toBeGreaterThan(150);
    expect(right / turns).toBeGreaterThan(0.9);
  });
});
