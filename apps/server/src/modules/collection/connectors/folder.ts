import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Type } from 'typebox'
import { AppError } from '@datong/kernel'
import type { ConnectorTools, ReadRequest, SourceBatch, Watermark } from './connector.ts'
import { defineConnector } from './define-connector.ts'
import { type Dropped, type FolderRules, listDropped, realFolder, takeDropped } from './files/drop-folder.ts'
import { text, whole } from './setting.ts'

/** The one thing that a folder offers: its next file. */
const FILES = 'files'
/** What its marks are called: which of the files that lie there were read. */
const SEEN = 'files'

/**
 * A folder on a front-end machine, or one that is mounted from it. A first read takes the newest file; each further one the oldest that
 * was not read, however clocks stand: files are known by name, size and time together.
 */
export const folder = defineConnector({
  title: { zh: '前置机文件夹', en: 'Drop folder' },
  about: { zh: '读取前置机（或挂载的 SFTP 目录）上放好的文件', en: 'Takes files that a department lays down on a front-end machine, or in a mounted SFTP folder' },
  settings: Type.Object({
    folder: text({ zh: '文件夹', en: 'Folder' }, { most: 300, pattern: '^(?!.*(^|/)\\.\\.(/|$))[^/\\\\\\u0000-\\u001f][^\\\\\\u0000-\\u001f]*$' }, { zh: '在本部门的文件夹之下，如 daily/company', en: "Below the department's own folder, such as daily/company" }),
    pattern: text({ zh: '文件名', en: 'Names of files' }, { most: 200, pattern: '^[^/\\\\\\u0000-\\u001f]+$', default: '*' }, { zh: '* 代表任意多个字符，? 代表一个', en: '* stands for any characters, ? for one' }),
    readyEnding: Type.Optional(text({ zh: '就绪标记', en: 'Sign of readiness' }, { most: 20, pattern: '^\\.[A-Za-z0-9_-]+$' }, { zh: '如 .ok：有 a.csv.ok 才读 a.csv', en: 'Such as .ok: a.csv is read when a.csv.ok is there' })),
    quietSeconds: whole({ zh: '静置秒数', en: 'Seconds of rest' }, { least: 0, most: 86_400, default: 60 }, { zh: '这么久没有变化才算写完', en: 'A file that did not change for so long is finished' }),
  }, { additionalProperties: false }),
  secrets: Type.Object({}, { additionalProperties: false }),
  can: { list: false, query: false, incremental: true, summary: false, changes: false },
  async open(settings, _, tools) {
    const rules: FolderRules = { ...settings, readyEnding: settings.readyEnding }
    return {
      async check() {
        // The department's own folder is ours to make; what lies in it is its own.
        await mkdir(tools.dropFolder, { recursive: true })
        await listDropped(await realFolder(rules, tools), rules, tools)
      },
      async objects() {
        const newest = (await listDropped(await realFolder(rules, tools), rules, tools)).at(-1)
        return [{
          name: FILES, title: `${settings.folder}/${settings.pattern}`, kind: 'file', columns: null, key: [], rows: null,
          bytes: newest?.bytes ?? null, modifiedAt: newest === undefined ? null : new Date(newest.modifiedMs),
        }]
      },
      read: (request) => read(rules, request, tools),
      close: async () => undefined,
    }
  },
})

async function* read(rules: FolderRules, { after }: ReadRequest, tools: ConnectorTools): AsyncIterable<SourceBatch> {
  tools.signal.throwIfAborted()
  const files = await listDropped(await realFolder(rules, tools), rules, tools)
  const seen = new Set(after === undefined ? [] : seenIn(after))
  const waiting = after === undefined ? files.slice(-1) : files.filter(({ sign }) => !seen.has(sign))
  for (const [at, file] of waiting.entries()) {
    const path = join(tools.scratch, 'dropped')
    const taken = await takeDropped(file, rules, path, tools)
    // Still being written: its turn comes with a later read.
    if (taken === undefined) continue
    const read = after === undefined ? files : [...files.filter(({ sign }) => seen.has(sign)), file]
    yield { kind: 'file', path, name: file.name, ...taken, mark: markOf(read), more: at < waiting.length - 1 }
    return
  }
}

/** Files that are gone need not be remembered. */
const markOf = (files: readonly Dropped[]): Watermark => ({ column: SEEN, value: files.map(({ sign }) => sign).join(' ') })

function seenIn({ value }: Watermark): string[] {
  if (!/^[\w-]{0,12}( [\w-]{12})*$/.test(value)) throw new AppError('collection/source-settings', {}, [{ pointer: '/after', code: 'pattern', message: 'is no mark of a folder' }])
  return value === '' ? [] : value.split(' ')
}
