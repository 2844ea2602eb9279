import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatCheckpoint, openCheckpoint, parseCheckpoint } from './checkpoint.ts'
import { emptyRoot } from './hash.ts'
import { openNote, parseNote, signNote } from './note.ts'
import { noteSigner, parseVerifierKey } from './note-key.ts'
import { testSigner } from './testing/memory-log.ts'

const witness = noteSigner('witness.example.cn', new Uint8Array(32).fill(8))

function verifierOf(key: string): Parameters<typeof openNote>[1][number] {
  const parsed = parseVerifierKey(key)
  if (!parsed.ok) throw new Error(parsed.reason)
  return parsed.value
}

describe('keys', () => {
  it('read the published key of the Go checksum database', () => {
    expect(verifierOf('sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8').keyId).toBe('033de0ae')
  })

  it('are refused when a character of them is changed', () => {
    fc.assert(
      fc.property(fc.nat(testSigner.verifierKey.length - 1), fc.integer({ min: 1, max: 127 }), (at, flip) => {
        const key = testSigner.verifierKey
        const changed = key.slice(0, at) + String.fromCharCode(key.charCodeAt(at) ^ flip) + key.slice(at + 1)
        expect(parseVerifierKey(changed).ok).toBe(false)
      }),
      { numRuns: 500 },
    )
  })

  it('have names without spaces and plus signs, and seeds of 32 bytes', () => {
    for (const name of ['', 'a b', 'a+b', 'a\u3000b', 'a\nb']) {
      expect(() => noteSigner(name, new Uint8Array(32)), name).toThrow('evidence/invalid-key')
    }
    expect(() => noteSigner('a', new Uint8Array(31))).toThrow('evidence/invalid-key')
  })

  it('sign with the Ed25519 of RFC 8032 (section 7.1, test 1)', () => {
    const seed = Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex')
    const signer = noteSigner('a', seed)
    expect(Buffer.from(signer.verifierKey.split('+').slice(2).join('+'), 'base64').subarray(1).toString('hex')).toBe(
      'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    )
    expect(Buffer.from(signer.sign(new Uint8Array())).toString('hex')).toMatch(/^e5564300c360ac729086e2cc806e828a/)
  })
})

describe('signed notes', () => {
  const text = '数据\n\nsecond paragraph\n'

  it('open with a key that signed, and set other signatures aside', () => {
    const note = signNote(text, [testSigner, witness])
    const opened = openNote(note, [verifierOf(testSigner.verifierKey)])
    expect(opened).toMatchObject({ ok: true, value: { text, verified: [{ name: testSigner.name }] } })
    expect(opened).toMatchObject({ value: { unknown: [{ name: witness.name }] } })
  })

  it('gain the signature of a witness', () => {
    const parsed = parseNote(signNote(text, [testSigner]))
    if (!parsed.ok) throw new Error(parsed.reason)
    const cosigned = signNote(parsed.value.text, [witness], parsed.value.signatures)
    expect(cosigned).toBe(signNote(text, [testSigner, witness]))
    const opened = openNote(cosigned, [verifierOf(testSigner.verifierKey), verifierOf(witness.verifierKey)])
    expect(opened.ok && opened.value.verified.map(({ name }) => name)).toEqual([testSigner.name, witness.name])
  })

  it('are refused without a trusted signature, and with a false one beside a true one', () => {
    const stranger = noteSigner(testSigner.name, new Uint8Array(32).fill(9))
    expect(openNote(signNote(text, [stranger]), [verifierOf(testSigner.verifierKey)]).ok).toBe(false)
    const other = parseNote(signNote('other\n', [witness]))
    const note = signNote(text, [testSigner], other.ok ? other.value.signatures : [])
    expect(openNote(note, [verifierOf(testSigner.verifierKey), verifierOf(witness.verifierKey)])).toEqual({
      ok: false,
      reason: 'the signature of witness.example.cn is false',
    })
  })

  it('are refused when any byte is changed', () => {
    const text = formatCheckpoint({ origin: testSigner.name, size: 7, root: emptyRoot() })
    const note = Buffer.from(signNote(text, [testSigner]))
    for (let at = 0; at < note.length; at++) {
      for (let bit = 0; bit < 8; bit++) {
        const changed = Uint8Array.from(note)
        changed[at] = (changed[at] ?? 0) ^ (1 << bit)
        expect(openCheckpoint(changed, testSigner.verifierKey).ok, `byte ${at} bit ${bit}`).toBe(false)
      }
    }
  })

  it('are not made of texts that cannot be one', () => {
    for (const bad of ['no newline', 'tab\there\n', 'nul\0\n', 'return\r\n', 'unit\u001f\n', 'lone \ud800\n']) {
      expect(() => signNote(bad, [testSigner]), bad).toThrow('evidence/invalid-note')
    }
  })
})

describe('checkpoints', () => {
  it('give back what went in', () => {
    const heads = fc.record({
      origin: fc.constantFrom('a', 'data.example.cn/log', '日志.example.cn'),
      size: fc.maxSafeNat(),
      root: fc.uint8Array({ minLength: 32, maxLength: 32 }),
    })
    fc.assert(
      fc.property(heads, (head) => {
        expect(parseCheckpoint(formatCheckpoint(head))).toEqual({ ok: true, value: head })
      }),
    )
  })

  it('may have extension lines, but no empty ones, leading zeroes or short roots', () => {
    const root = Buffer.alloc(32).toString('base64')
    expect(parseCheckpoint(`a\n1\n${root}\nextension\n`).ok).toBe(true)
    const sizes = [`a\n01\n${root}\n`, `a\n-1\n${root}\n`, `a\n9007199254740993\n${root}\n`]
    const others = [`a\n1\n${root}`, `a\n1\nAA==\n`, `\n1\n${root}\n`, `a\n1\n${root}\n\n`]
    for (const text of [...sizes, ...others]) expect(parseCheckpoint(text).ok, text).toBe(false)
    const forged = { origin: 'a\n9', size: 1, root: new Uint8Array(32) }
    expect(() => formatCheckpoint(forged)).toThrow('evidence/invalid-checkpoint')
  })

  it('do not open with the key of another log', () => {
    const note = signNote(formatCheckpoint({ origin: 'other.example.cn', size: 0, root: emptyRoot() }), [testSigner])
    expect(openCheckpoint(note, testSigner.verifierKey)).toMatchObject({ ok: false })
  })
})
