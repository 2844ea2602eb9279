import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { readPublicKey } from './public-key.ts'

const refused = (text: string): unknown => {
  try {
    return readPublicKey(text)
  } catch (error) {
    return (error as { issues: { code: string }[] }).issues[0]?.code // an AppError has them
  }
}

describe('a public key', () => {
  it('is the same in PEM and as JSON Web Key', () => {
    for (const [pair, algorithm] of [[generateKeyPairSync('ed25519'), 'ed25519'], [generateKeyPairSync('ec', { namedCurve: 'P-256' }), 'ecdsa-p256-sha256']] as const) {
      const pem = readPublicKey(pair.publicKey.export({ format: 'pem', type: 'spki' }).toString())
      expect(pem.algorithm).toBe(algorithm)
      expect(readPublicKey(JSON.stringify(pair.publicKey.export({ format: 'jwk' })))).toEqual(pem)
    }
  })

  it('has the thumbprint of RFC 8037, appendix A.3', () => {
    const key = '{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}'
    expect(readPublicKey(key).thumbprint).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k')
  })

  it('is refused when it is private, of another kind, or none', () => {
    const { privateKey } = generateKeyPairSync('ed25519')
    expect(refused(privateKey.export({ format: 'pem', type: 'pkcs8' }).toString())).toBe('private')
    expect(refused(JSON.stringify(privateKey.export({ format: 'jwk' })))).toBe('private')
    expect(refused(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'pem', type: 'spki' }).toString())).toBe('algorithm')
    expect(refused(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey.export({ format: 'pem', type: 'spki' }).toString())).toBe('algorithm')
    expect(['', 'hello', '{', '{}'].map(refused)).toEqual(['public-key', 'public-key', 'public-key', 'public-key'])
  })
})
