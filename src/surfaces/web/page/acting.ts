/** Whom the page acts as: kept for this browser, sent with every request, resolved by the server alone. */
const KEY = 'remy.as';

/** The chosen address; the empty text is the console's own user. */
export function actingAs(): string {
  try {
    return localStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}

/** Starts the page afresh as this user: nothing of another one stays on it. */
export function actAs(email: string): void {
  try {
    if (email === '') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, email);
  } catch {
    // without storage the page stays what it was
  }
  if (location.hash.startsWith('#/c/')) history.replaceState(null, '', '#/');
  location.reload();
}

/** The header that tells the server. */
export const actingHeader = (): Record<string, string> =>
  actingAs() === '' ? {} : { 'X-Remy-As': encodeURIComponent(actingAs()) };

/** An address of a download, which cannot send a header. */
export const downloadAddress = (path: string): string =>
  actingAs() === '' ? path : `${path}${path.includes('?') ? '&' : '?'}as=${encodeURIComponent(actingAs())}`;
