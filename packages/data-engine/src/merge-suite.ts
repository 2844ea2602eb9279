import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { MergeKey, NormalisedTable, ValueReject } from './data-engine.ts'
import type { EngineBench } from './engine-bench.ts'
import type { TypedField } from './field.ts'
import type { VersionRef } from './read-plan.ts'

/** What `digest` answers for rows of these texts, worked out here. */
const sums = (texts: readonly string[]): string =>
  String(texts.map((text) => BigInt(`0x${createHash('sha256').update(text).digest('hex').slice(0, 14)}`)).reduce((sum, one) => sum + one, 0n))

/** How every engine must put rows into a version by their key, and sum a version up. */
export function describeMerging(bench: EngineBench): void {
  const { tableOf, write, rowsOf } = bench

  describe('merging into a version', () => {
    const names = ['id', '名称', '金额']
    const base = async () => (await write(await tableOf(names, [['1', '甲', '1.5'], ['2', '乙', ''], ['3', '丙', '3.25'], ['2', '乙又', '2']]))).ref
    const merge = async (older: VersionRef | null, table: NormalisedTable, by: MergeKey, fields?: readonly TypedField[]) => {
      const staged = await bench.harness.engine.stage(table)
      const known = new Map(older?.schema.map((field) => [field.name, field]))
      const inferred = (await bench.harness.engine.inferTypes(staged)).map((field) => ({ ...field, ...known.get(field.name) }))
      const rejects: ValueReject[] = []
      const target = { directory: bench.newPath('merged'), reject: (some: readonly ValueReject[]) => void rejects.push(...some) }
      const merged = await bench.harness.engine.merge(older, staged, fields ?? (by.deletions === 'marked' ? inferred.slice(0, -1) : inferred), by, target)
      await bench.harness.engine.discard(staged)
      return { merged, rejects, ref: { files: merged.files.map(({ path }) => path), schema: merged.schema } }
    }
    const all = (ref: VersionRef) => rowsOf(ref, { columns: ['_row', ...ref.schema.map(({ name }) => name)] })
    const byId: MergeKey = { key: ['id'], deletions: 'none' }

    it('puts the last row of a key where the first of that key was, and new keys behind', async () => {
      const { merged, ref } = await merge(await base(), await tableOf(names, [['9', '新', '9'], ['2', '旧', '1'], ['2', '改', '2.5']]), byId)
      expect(merged).toMatchObject({ rowsStored: 4, rowsRejected: 0, added: 1, changed: 1, removed: 0, idle: 1 })
      expect(await all(ref)).toEqual([[0, 1, '甲', 1.5], [1, 2, '改', 2.5], [2, 3, '丙', 3.25], [3, 9, '新', 9]])
    })

    it('takes marked keys out and numbers the others without gaps', async () => {
      const { merged, ref } = await merge(await base(), await tableOf([...names, '_deleted'], [['1', '', '', '1'], ['7', '', '', '1'], ['3', '丙改', '4', '']]), { key: ['id'], deletions: 'marked' })
      expect(merged).toMatchObject({ rowsStored: 3, added: 0, changed: 1, removed: 1, idle: 1 })
      expect(await all(ref)).toEqual([[0, 2, '乙', null], [1, 3, '丙改', 4], [2, 2, '乙又', 2]])
    })

    it('writes nothing when nothing changes', async () => {
      const { merged } = await merge(await base(), await tableOf(names, [['1', '甲', '1.5'], ['3', '丙', '3.25']]), byId)
      expect(merged).toMatchObject({ files: [], added: 0, changed: 0, removed: 0, idle: 2 })
    })

    it('makes a version of nothing but what came, without a base', async () => {
      const { ref } = await merge(null, await tableOf(names, [['1', '甲', '1'], ['1', '后', '2']]), byId)
      expect(await all(ref)).toEqual([[0, 1, '后', 2]])
    })

    it('puts all rows behind when there is no key', async () => {
      const { ref, merged } = await merge(await base(), await tableOf(names, [['1', '甲', '1.5'], ['1', '甲', '1.5']]), { key: [], deletions: 'none' })
      expect(merged).toMatchObject({ added: 2, changed: 0 })
      expect((await all(ref)).slice(3)).toEqual([[3, 2, '乙又', 2], [4, 1, '甲', 1.5], [5, 1, '甲', 1.5]])
    })

    it('matches keys of several fields, where null equals null, and widens types', async () => {
      const older = (await write(await tableOf(['a', 'b', 'n'], [['x', '', '1'], ['x', 'y', '2']]))).ref
      const wider: TypedField[] = [
        { name: 'a', type: 'text', reading: 'text', nullable: true }, { name: 'b', type: 'text', reading: 'text', nullable: true },
        { name: 'n', type: 'decimal', reading: 'decimal', precision: 18, scale: 2, nullable: true }, { name: 'new', type: 'text', reading: 'text', nullable: true },
      ]
      const { ref } = await merge(older, await tableOf(['n', 'a', 'new', 'b'], [['1.25', 'x', '新', '']]), { key: ['A', 'b'], deletions: 'none' }, wider)
      expect(await all(ref)).toEqual([[0, 'x', null, '1.25', '新'], [1, 'x', 'y', '2', null]])
    })

    it('rejects rows that do not fit and leaves what they would have replaced', async () => {
      const fields: TypedField[] = [
        { name: 'id', type: 'integer', reading: 'integer', nullable: true }, { name: '名称', type: 'text', reading: 'text', nullable: true },
        { name: '金额', type: 'decimal', reading: 'decimal', precision: 10, scale: 2, nullable: true },
      ]
      const { ref, rejects, merged } = await merge(await base(), await tableOf(names, [['1', '甲', '不是数'], ['4', '丁', '4']]), byId, fields)
      expect(rejects).toMatchObject([{ line: 2, field: '金额', value: '不是数' }])
      expect(merged).toMatchObject({ rowsRejected: 1, added: 1, changed: 0, idle: 0 })
      expect((await all(ref))[0]).toEqual([0, 1, '甲', 1.5])
    })

    it('refuses a key that does not come, fields that are not there, and types that do not hold what is there', async () => {
      await expect(merge(await base(), await tableOf(['名称'], [['甲']]), byId)).rejects.toMatchObject({ code: 'data-engine/invalid-fields' })
      const older = await base()
      for (const narrow of [{ type: 'integer', reading: 'integer' }, { type: 'decimal', reading: 'decimal', precision: 10, scale: 1 }] as const) {
        const fields = older.schema.map((field): TypedField => ({ ...field, reading: field.type === 'decimal' ? 'decimal' : field.type === 'integer' ? 'integer' : 'text', ...(field.name === '金额' ? narrow : {}) }))
        await expect(merge(older, await tableOf(names, [['1', '甲', '1']]), byId, fields)).rejects.toMatchObject({ code: 'data-engine/invalid-fields' })
      }
    })

    it('sums rows up alike whatever their order, as their texts say', async () => {
      const one = (await write(await tableOf(['a', 'n', 'd', 't'], [['甲', '1.5', '2020-01-05', '2020-01-05 08:30:00.5'], ['', '2.5', '', '']]))).ref
      const other = (await write(await tableOf(['a', 'n', 'd', 't'], [['', '2.5', '', ''], ['甲', '1.5', '2020/1/5', '2020-01-05T08:30:00.500']]))).ref
      expect(await bench.harness.engine.digest(one)).toEqual(await bench.harness.engine.digest(other))
      // 14 hexadecimal digits of the SHA-256 of `3:甲3:1.510:2020-01-0521:2020-01-05 08:30:00.5` and of `-3:2.5--`
      expect(await bench.harness.engine.digest(one)).toEqual({ rows: 2, hash: sums(['3:甲3:1.510:2020-01-0521:2020-01-05 08:30:00.5', '-3:2.5--']) })
      expect((await bench.harness.engine.digest({ ...one, schema: one.schema.slice(0, 1) })).hash).not.toBe((await bench.harness.engine.digest(one)).hash)
    })
  })
}
