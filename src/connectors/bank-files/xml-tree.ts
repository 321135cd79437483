/** Small pieces of a large XML document as trees, by local name. */

export type Node = {
  readonly name: string;
  /** Currency attribute (`Ccy`), the only one that bank messages carry. */
  readonly currency: string | null;
  text: string;
  readonly children: Node[];
  /** Line where it begins. */
  readonly line: number;
};

/** The first descendant along the path, a level for each name; null when there is none. */
export function at(node: Node | null | undefined, ...path: string[]): Node | null {
  let found: Node | null = node ?? null;
  for (const name of path) found = found?.children.find((child) => child.name === name) ?? null;
  return found;
}

/** All children of the name. */
export const all = (node: Node | null | undefined, name: string): Node[] =>
  node?.children.filter((child) => child.name === name) ?? [];

/** Text at the path; null when it is missing or blank. */
export function textAt(node: Node | null | undefined, ...path: string[]): string | null {
  return at(node, ...path)?.text.trim() || null;
}

/** The first node of the name anywhere below. */
export function below(node: Node | null | undefined, name: string): Node | null {
  for (const child of node?.children ?? []) {
    const found = child.name === name ? child : below(child, name);
    if (found) return found;
  }
  return null;
}

/** A code given as `Cd` or `Prtry`, with or without the level between (`Tp/CdOrPrtry/Cd`); plain text in old versions. */
export function codeOf(node: Node | null): string | null {
  const inner = at(node, 'CdOrPrtry') ?? node;
  return textAt(inner, 'Cd') ?? textAt(inner, 'Prtry') ?? (inner?.text.trim() || null);
}
