import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Type, type Static } from 'typebox'
import { Check } from 'typebox/value'

const ProgressFile = Type.Object({
  /** The city's present: when its making began. */
  present: Type.String({ format: 'date-time' }),
  /** Codes of the entries by the key of their table, as soon as the upload is safe. */
  entries: Type.Record(Type.String(), Type.Object({ loadId: Type.String(), entryCode: Type.String() })),
  /** Ids of the applications by their place in the story. */
  applications: Type.Record(Type.String(), Type.String()),
  /** Scenes that are over. */
  scenes: Type.Array(Type.String()),
  /** The scene that was going on; after a crash some of it may have happened. */
  begun: Type.Union([Type.String(), Type.Null()]),
  /** When the last scene that began plays. */
  at: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
  done: Type.Boolean(),
})
type State = Static<typeof ProgressFile>

/** How far the demonstration city is, kept in a file beside the store, so that a killed start goes on where it was. */
export interface Progress {
  readonly state: Readonly<State>
  /** Runs a scene unless it is over. `again` tells that an earlier process may have done some of it. */
  scene(name: string, at: Date, run: (again: boolean) => Promise<void>): Promise<void>
  noteEntry(key: string, entry: { loadId: string; entryCode: string }): Promise<void>
  noteApplication(key: string, id: string): Promise<void>
  finish(): Promise<void>
}

const fileOf = (home: string): string => join(home, 'demo-city.json')

/** The progress of an earlier start, if there is one. */
export async function readProgress(home: string): Promise<Progress | undefined> {
  try {
    const state: unknown = JSON.parse(await readFile(fileOf(home), 'utf8'))
    return Check(ProgressFile, state) ? progressOf(home, state) : undefined
  } catch {
    return undefined
  }
}

export async function beginProgress(home: string, present: Date): Promise<Progress> {
  const state: State = { present: present.toISOString(), entries: {}, applications: {}, scenes: [], begun: null, at: null, done: false }
  await save(home, state)
  return progressOf(home, state)
}

function progressOf(home: string, state: State): Progress {
  return {
    state,
    scene: async (name, at, run) => {
      if (state.scenes.includes(name)) return
      const again = state.begun === name
      state.begun = name
      state.at = at.toISOString()
      await save(home, state)
      await run(again)
      state.scenes.push(name)
      state.begun = null
      await save(home, state)
    },
    noteEntry: async (key, entry) => {
      state.entries[key] = entry
      await save(home, state)
    },
    noteApplication: async (key, id) => {
      state.applications[key] = id
      await save(home, state)
    },
    finish: async () => {
      state.done = true
      await save(home, state)
    },
  }
}

/** Whole or not at all: a crash leaves the file before. */
async function save(home: string, state: State): Promise<void> {
  const draft = `${fileOf(home)}.next`
  await writeFile(draft, JSON.stringify(state), { mode: 0o600 })
  await rename(draft, fileOf(home))
}
