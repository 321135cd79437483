import { describe, expect, test } from 'vitest';
import { isLoopback } from '../../../src/surfaces/web/security.ts';
import { createWebSurface } from '../../../src/surfaces/web/server.ts';
import { scriptedDeps, startConsole } from './console.ts';
import { http, post } from './http.ts';

const basic = (text: string) => ({ Authorization: `Basic ${Buffer.from(text).toString('base64')}` });

describe('who may talk to the console', () => {
  test('an address that others can reach is refused without a password, with the variable to set', () => {
    for (const host of ['0.0.0.0', '::', '192.168.1.5', 'remy.example'])
      expect(() => createWebSurface(scriptedDeps(), { host, port: 0 }), host).toThrow(/REMY_PASSWORD/);
    expect(() => createWebSurface(scriptedDeps(), { host: '0.0.0.0', port: 0, password: 'x' })).not.toThrow();
  });

  test('loopback names are told from others', () => {
    expect(['localhost', '127.0.0.1', '127.1.2.3', '::1', '[::1]'].every(isLoopback)).toBe(true);
    expect(['localhost.evil.test', '127.0.0.1.evil.test', 'evil', '10.0.0.1', ''].some(isLoopback)).toBe(
      false,
    );
  });

  test('on loopback, a name that is not of this machine is refused, so that no page elsewhere can read the ledger', async () => {
    const server = await startConsole();
    const port = new URL(server.url).port;
    for (const host of ['evil.test', `evil.test:${port}`, 'localhost.evil.test'])
      for (const path of ['', 'api/status', 'healthz'])
        expect(await http(server.url + path, { headers: { Host: host } }), host).toMatchObject({
          status: 403,
        });
    for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`])
      expect(await http(`${server.url}api/status`, { headers: { Host: host } }), host).toMatchObject({
        status: 200,
      });
    await server.close();
  });

  test('a question from another page is refused; from the console itself or from no browser it is taken', async () => {
    const server = await startConsole();
    const own = server.url.slice(0, -1);
    const status = async (headers: Record<string, string>) =>
      (await post(server.url, { text: 'Who owes us the most?' }, headers)).status;
    expect(await status({ Origin: 'https://evil.test' })).toBe(403);
    expect(await status({ Origin: 'null' })).toBe(403);
    expect(await status({ Origin: 'http://127.0.0.1:1' })).toBe(403);
    expect(await status({ 'Sec-Fetch-Site': 'cross-site' })).toBe(403);
    expect(await status({ Origin: own, 'Sec-Fetch-Site': 'same-origin' })).toBe(200);
    expect(await status({})).toBe(200);
    await server.close();
  });

  test('with a password everything but health asks for it; the user name does not matter', async () => {
    const server = await startConsole(scriptedDeps(), { password: 'pässwort:1' });
    for (const path of ['', 'api/status', 'metrics', 'api/threads/x']) {
      const reply = await http(server.url + path);
      expect(reply.status, path).toBe(401);
      expect(reply.headers['www-authenticate']).toBe('Basic realm="Remy", charset="UTF-8"');
      expect(await http(server.url + path, { headers: basic('me:pässwort:1') })).toMatchObject({
        status: 200,
      });
      expect(await http(server.url + path, { headers: basic(':pässwort:1') })).toMatchObject({ status: 200 });
    }
    expect(await post(server.url, { text: 'hi' })).toMatchObject({ status: 401 });
    for (const path of ['healthz', 'readyz'])
      expect(await http(server.url + path), path).toMatchObject({ status: 200 });
    const wrong: Record<string, string>[] = [
      basic('me:wrong'),
      basic('pässwort:1'),
      basic('me:'),
      basic('me:pässwort:12'),
      { Authorization: 'Bearer pässwort:1' },
      { Authorization: 'Basic' },
      { Authorization: 'Basic %%%' },
    ].map((headers) =>
      Object.fromEntries(Object.entries(headers).map(([k, v]) => [k, Buffer.from(v).toString('latin1')])),
    );
    for (const headers of wrong)
      expect(await http(`${server.url}api/status`, { headers }), JSON.stringify(headers)).toMatchObject({
        status: 401,
      });
    await server.close();
  });

  test('every response forbids foreign scripts, framing, sniffing and referrers, errors too', async () => {
    const server = await startConsole();
    for (const path of ['', 'api/status', 'api/nothing', 'healthz', 'nothing']) {
      const { headers } = await http(server.url + path);
      expect(headers['content-security-policy'], path).toContain("default-src 'none'; script-src 'self'");
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(headers['content-security-policy']).toContain("img-src 'self' data:");
      expect(headers['content-security-policy']).not.toContain('unsafe');
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'x-frame-options': 'DENY',
      });
      expect(headers['x-powered-by']).toBeUndefined();
    }
    expect((await http(`${server.url}api/status`)).headers['cache-control']).toBe('no-store');
    await server.close();
  });

  test('a port that is taken is said, with another to try', async () => {
    const server = await startConsole();
    const port = Number(new URL(server.url).port);
    await expect(startConsole(scriptedDeps(), { port })).rejects.toThrow(/Port \d+ is taken.*REMY_PORT/);
    await server.close();
  });
});
