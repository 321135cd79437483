/**
 * Since when this process knows of each try whose outcome is open, by a clock that never jumps. Forgotten at a
 * restart: then the provider is given its whole time again.
 */
type Of = { readonly effectId: number; readonly attempts: number };

export type KnownTries = {
  /** Milliseconds since the try was first known of; a newer try of the same effect begins anew. */
  since(tenantId: number, tried: Of): number;
  forget(tenantId: number, effectId: number): void;
};

export function createKnownTries(elapsed: () => number): KnownTries {
  const known = new Map<string, { attempts: number; at: number }>();
  return {
    since: (tenantId, { effectId, attempts }) => {
      const name = `${tenantId}:${effectId}`;
      const first = known.get(name);
      if (first?.attempts === attempts) return elapsed() - first.at;
      known.set(name, { attempts, at: elapsed() });
      return 0;
    },
    forget: (tenantId, effectId) => {
      known.delete(`${tenantId}:${effectId}`);
    },
  };
}
