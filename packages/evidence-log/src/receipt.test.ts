import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { leafHash } from './hash.ts'
import { checkDisclosure, commitTo, encodeLeaf, hashOfLeaf, parseLeaf, sealEntry } from './leaf.ts'
import { proveInclusion } from './prove.ts'
import { encodeReceipt, type Receipt, type ReceiptVerdict, verifyReceipt } from './receipt.ts'
import { entriesNamed, MemoryLog, testSigner } from './testing/memory-log.ts'

const salt = new Uint8Array(16).fill(5)
const body = { grant: 'G-1', fields: ['姓名', '地址'], rows: 12, consumer: { app: 'a', organisation: '某局' } }
const id = '0190f1c2-0000-7000-8000-000000000001'
const entry = { id, at: '2025-08-01T00:00:00.000Z', chain: 'access', body, salt } as const

async function aReceipt(): Promise<Receipt> {
  const log = new MemoryLog()
  const { leaf } = sealEntry(entry)
  await log.append([...entriesNamed(0, 300), leaf, ...entriesNamed(301, 50)])
  const proof = await proveInclusion(300, log.size, log.readTile)
  const receipt = encodeReceipt({ leaf, body, salt, leafIndex: 300, proof, checkpoint: log.checkpoint })
  // As it travels: through JSON.
  return JSON.parse(JSON.stringify(receipt))
}

const failing = (verdict: ReceiptVerdict): string[] => verdict.checks.filter((one) => !one.ok).map((one) => one.name)

describe('sealed entries', () => {
  it('are canonical JSON with a commitment and nothing of the body', () => {
    const { leaf, commitment } = sealEntry(entry)
    const text = Buffer.from(leaf).toString()
    expect(text).toBe(`{"at":"${entry.at}","chain":"access","commitment":"${commitment}","id":"${entry.id}","v":1}`)
    expect(parseLeaf(leaf)).toMatchObject({ ok: true, value: { v: 1, id: entry.id, chain: 'access', commitment } })
  })

  it('are opened by their body in any order of fields, and by no other body or salt', () => {
    const { leaf } = sealEntry(entry)
    const consumer = { organisation: '某局', app: 'a' }
    const reordered = { rows: 12, consumer, fields: ['姓名', '地址'], grant: 'G-1' }
    expect(checkDisclosure(leaf, reordered, salt).ok).toBe(true)
    expect(checkDisclosure(leaf, { ...body, rows: 13 }, salt).ok).toBe(false)
    expect(checkDisclosure(leaf, body, new Uint8Array(16).fill(6)).ok).toBe(false)
    expect(checkDisclosure(leaf, body, new Uint8Array(15)).ok).toBe(false)
  })

  it('can be made of any JSON and opened again after it has travelled', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.uint8Array({ minLength: 16, maxLength: 16 }), (value, anySalt) => {
        // Lone surrogates are no Unicode text, and RFC 8785 refuses them.
        fc.pre(JSON.stringify(value).isWellFormed() && !/\\ud[89a-f]/i.test(JSON.stringify(value)))
        const { leaf } = sealEntry({ ...entry, body: value, salt: anySalt })
        expect(checkDisclosure(leaf, JSON.parse(JSON.stringify(value)), anySalt).ok).toBe(true)
      }),
    )
  })

  it('are the same when they are made of a commitment that is known already', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 50 }), fc.jsonValue(), (anyId, value) => {
        fc.pre(JSON.stringify(value).isWellFormed() && !/\\ud[89a-f]/i.test(JSON.stringify(value)))
        const { leaf, canonicalBody } = sealEntry({ ...entry, id: anyId, body: value })
        const commitment = commitTo(Buffer.from(canonicalBody), salt)
        const again = encodeLeaf({ ...entry, id: anyId }, commitment)
        expect(hashOfLeaf({ ...entry, id: anyId }, commitment)).toEqual(leafHash(leaf))
        expect(Buffer.from(again)).toEqual(Buffer.from(leaf))
        expect(parseLeaf(again)).toMatchObject({ ok: true, value: { id: anyId } })
      }),
    )
  })

  it('are refused when a part has not its form', () => {
    expect(() => sealEntry({ ...entry, body: { n: Number.NaN } })).toThrow('evidence/invalid-entry')
    expect(() => sealEntry({ ...entry, body: undefined })).toThrow('evidence/invalid-entry')
    expect(() => sealEntry({ ...entry, body: { n: 1n } })).toThrow('evidence/invalid-entry')
    expect(() => sealEntry({ ...entry, salt: new Uint8Array(8) })).toThrow('evidence/invalid-entry')
    expect(() => sealEntry({ ...entry, at: '2025-08-01' })).toThrow('evidence/invalid-entry')
    expect(() => sealEntry({ ...entry, id: '' })).toThrow('evidence/invalid-entry')
  })

  it('are not read when they are not the very bytes', () => {
    const text = Buffer.from(sealEntry(entry).leaf).toString()
    const changed = [`${text} `, text.replace('{', '{"x":1,'), text.replace('access', 'other'), '[]', 'null', '{']
    for (const one of [...changed, JSON.stringify({ v: 1, ...JSON.parse(text) })]) {
      expect(parseLeaf(Buffer.from(one)).ok, one).toBe(false)
    }
  })
})

describe('receipts', () => {
  it('hold with nothing but the key of the log', async () => {
    const verdict = verifyReceipt(await aReceipt(), testSigner.verifierKey)
    expect(failing(verdict)).toEqual([])
    expect(verdict).toMatchObject({ ok: true, leaf: { id: entry.id }, checkpoint: { size: 351 } })
  })

  it('name the check that fails', async () => {
    const receipt = await aReceipt()
    const other = Buffer.from(sealEntry({ ...entry, id: 'other' }).leaf).toString('base64')
    const cases: readonly [Receipt, string[]][] = [
      [{ ...receipt, body: { ...body, rows: 13 } }, ['disclosure']],
      [{ ...receipt, salt: Buffer.alloc(16).toString('base64') }, ['disclosure']],
      [{ ...receipt, leafIndex: 301 }, ['inclusion']],
      [{ ...receipt, leafIndex: 9999 }, ['inclusion']],
      [{ ...receipt, proof: receipt.proof.slice(1) }, ['inclusion']],
      [{ ...receipt, leaf: other }, ['inclusion']],
      [{ ...receipt, leaf: 'AAAA' }, ['leaf', 'disclosure', 'inclusion']],
      [{ ...receipt, checkpoint: receipt.checkpoint.replace('351', '352') }, ['checkpoint', 'inclusion']],
    ]
    for (const [changed, names] of cases) expect(failing(verifyReceipt(changed, testSigner.verifierKey))).toEqual(names)
  })

  it('fail in each check, and do not throw, when they are something else', async () => {
    const receipt = await aReceipt()
    const { body: _, ...bodiless } = receipt
    const wrongFields = [{ proof: [1] }, { leafIndex: '1' }, { leafIndex: -1 }, { salt: '*' }, { checkpoint: 1 }]
    const others = [null, 7, [], {}, bodiless, ...wrongFields.map((field) => ({ ...receipt, ...field }))]
    for (const other of others) expect(failing(verifyReceipt(other, testSigner.verifierKey))).toHaveLength(5)
    expect(failing(verifyReceipt(receipt, 'no key'))).toEqual(['checkpoint', 'inclusion'])
    fc.assert(fc.property(fc.anything(), (anything) => !verifyReceipt(anything, testSigner.verifierKey).ok))
  })
})
