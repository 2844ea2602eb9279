import { createPublicKey } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { bodyHas, digestsIn } from '../../../platform/body-digest.ts'
import { isSignedBy, signatureBaseOf, type SignedMessage } from './signature-base.ts'
import { readSignatureFields } from './signature-fields.ts'

/** Keys of RFC 9421, appendix B.1.3 (test-key-ecc-p256) and B.1.4 (test-key-ed25519). */
const P256 = createPublicKey(`-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqIVYZVLCrPZHGHjP17CTW0/+D9Lf
w0EkjqF7xB4FivAxzic30tMM4GF+hR6Dxh71Z50VGGdldkkDXZCnTNnoXQ==
-----END PUBLIC KEY-----`)
const ED25519 = createPublicKey(`-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=
-----END PUBLIC KEY-----`)

/** The request `test-request` of appendix B.2. */
const REQUEST: SignedMessage = {
  method: 'POST', origin: 'https://example.com', target: '/foo?param=Value&Pet=dog',
  headers: {
    host: 'example.com', date: 'Tue, 20 Apr 2021 02:07:55 GMT', 'content-type': 'application/json', 'content-length': '18',
    'content-digest': 'sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:',
  },
}

/** Appendix B.2.6: a request signed with ed25519. */
const B26 = {
  components: ['"date"', '"@method"', '"@path"', '"@authority"', '"content-type"', '"content-length"'],
  params: '("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"',
  signature: 'wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==',
}

/** Appendix B.2.4: a response signed with ecdsa-p256-sha256; its base as the appendix prints it. */
const B24 = {
  base: [
    '"@status": 200', '"content-type": application/json',
    '"content-digest": sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5aGgfLQ==:',
    '"content-length": 23',
    '"@signature-params": ("@status" "content-type" "content-digest" "content-length");created=1618884473;keyid="test-key-ecc-p256"',
  ].join('\n'),
  signature: 'wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj+32oiasw==',
}

describe('the vectors of RFC 9421', () => {
  it('B.2.6, ed25519: the base is the printed one and the signature holds', () => {
    const base = signatureBaseOf(REQUEST, B26.components, B26.params)
    expect(base).toBe([
      '"date": Tue, 20 Apr 2021 02:07:55 GMT', '"@method": POST', '"@path": /foo', '"@authority": example.com', '"content-type": application/json',
      '"content-length": 18', `"@signature-params": ${B26.params}`,
    ].join('\n'))
    expect(isSignedBy(ED25519, 'ed25519', base!, Buffer.from(B26.signature, 'base64'))).toBe(true)
    expect(isSignedBy(ED25519, 'ed25519', base!.replace('/foo', '/bar'), Buffer.from(B26.signature, 'base64'))).toBe(false)
  })

  it('B.2.4, ecdsa-p256-sha256: the signature holds, with r and s side by side', () => {
    expect(isSignedBy(P256, 'ecdsa-p256-sha256', B24.base, Buffer.from(B24.signature, 'base64'))).toBe(true)
    expect(isSignedBy(P256, 'ecdsa-p256-sha256', `${B24.base} `, Buffer.from(B24.signature, 'base64'))).toBe(false)
    expect(isSignedBy(ED25519, 'ed25519', B24.base, Buffer.from(B24.signature, 'base64'))).toBe(false)
  })

  it('B.2: the digest of the test request is that of its body (RFC 9530)', () => {
    const digests = digestsIn(String(REQUEST.headers['content-digest']))
    expect(bodyHas(digests, '{"hello": "world"}')).toBe(true)
    expect(bodyHas(digests, '{"hello": "World"}')).toBe(false)
    expect(digestsIn('md5=:XrY7u+Ae7tCTyyK7j1rNww==:')).toEqual([])
    expect(digestsIn('sha-256=')).toEqual([])
  })
})

describe('the base of a signature', () => {
  /** Section 2.2 gives the value of each derived component of its example. */
  it.each([
    ['"@target-uri"', 'https://example.com/foo?param=Value&Pet=dog'], ['"@authority"', 'example.com'], ['"@scheme"', 'https'],
    ['"@request-target"', '/foo?param=Value&Pet=dog'], ['"@path"', '/foo'], ['"@query"', '?param=Value&Pet=dog'],
  ])('has %s as it was sent', (component, value) => {
    expect(signatureBaseOf(REQUEST, [component], '()')).toBe(`${component}: ${value}\n"@signature-params": ()`)
  })

  it('does not tidy a path, and gives a lonely question mark for no query', () => {
    expect(signatureBaseOf({ ...REQUEST, target: '/a/../b%2f' }, ['"@path"', '"@query"'], '()')).toContain('"@path": /a/../b%2f\n"@query": ?\n')
  })

  it('cannot be had for a field that is not there, a component that is unknown, or one with parameters of another message', () => {
    for (const component of ['"x-missing"', '"@unknown"', '"@status"', '"@query-param";name="param"', '"@method";req']) {
      expect(signatureBaseOf(REQUEST, [component], '()')).toBeUndefined()
    }
  })
})

describe('the fields of a signature', () => {
  const KEY = '01a1ffff-0000-7000-8000-00000000000a'
  const input = (params: string, components = '"@method" "@path"'): string => `sig=(${components});${params}`
  const good = `created=1;nonce="n";keyid="${KEY}"`
  const value = 'sig=:AAAA:'

  it('name the key, the time and the nonce', () => {
    expect(readSignatureFields(input(`${good};alg="ed25519";expires=9`), value)).toMatchObject({
      keyId: KEY, created: 1, expires: 9, nonce: 'n', algorithm: 'ed25519', components: ['"@method"', '"@path"'],
      params: `("@method" "@path");${good};alg="ed25519";expires=9`,
    })
  })

  it('of other keys are none of ours, wherever ours stands', () => {
    expect(readSignatureFields('a=("@authority");created=1;keyid="https://crawler.example/key"', 'a=:AAAA:')).toBeUndefined()
    expect(readSignatureFields(`a=("@authority");keyid="x", ${input(good)}`, `a=:BBBB:, ${value}`)).toMatchObject({ keyId: KEY })
  })

  it.each<[string, string, string | undefined]>([
    ['that cannot be read', 'sig=((', value],
    ['without a list of components', `sig=1;${good}`, value],
    ['without created', input(`nonce="n";keyid="${KEY}"`), value],
    ['created at a broken time', input(good.replace('created=1', 'created=1.5')), value],
    ['without a nonce', input(`created=1;keyid="${KEY}"`), value],
    ['without a signature', input(good), undefined],
    ['with a signature of another label', input(good), 'other=:AAAA:'],
    ['with a component twice', input(good, '"@method" "@method"'), value],
    ['with a component of another message', input(good, '"@method";req'), value],
    ['with a component in capitals', input(good, '"Date"'), value],
  ])('%s are refused', (_, given, signature) => {
    expect(() => readSignatureFields(given, signature)).toThrow(expect.objectContaining({ code: 'access/signature-invalid' }) as Error)
  })
})
