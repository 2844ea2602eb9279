import { FIELD_TYPES } from '@datong/kernel'
import { Type, type Static } from 'typebox'
import { DRIFT_POLICIES, LOAD_STATES } from './collection.ts'
import { EntryCode, Id, Instant, Nullable, OrganisationRef, Page, PageQuery, Revision, Words } from './common.ts'
import { operation } from './operation.ts'

/** All rows each time; only those at or above the highest mark so far, merged by key; or each change as it is committed. */
export const SOURCE_MODES = ['full', 'incremental', 'changes'] as const
export const SOURCE_STATES = ['active', 'paused', 'removed'] as const
export const SOURCE_ACTIONS = ['run', 'run-fully', 'pause', 'activate', 'remove'] as const
/** What a person decides about a load that is under way. `accept` and `split` settle a changed schema. */
export const LOAD_ACTIONS = ['pause', 'resume', 'give-up', 'accept', 'split'] as const

export type SourceMode = (typeof SOURCE_MODES)[number]
export type SourceState = (typeof SOURCE_STATES)[number]
export type SourceAction = (typeof SOURCE_ACTIONS)[number]
export type LoadAction = (typeof LOAD_ACTIONS)[number]

const LabelSchema = Type.Object({ zh: Type.String(), en: Type.String() })

/** A kind of source: the forms of its settings and secrets as JSON Schema, and what it can do. */
const SourceKindSchema = Type.Object({
  kind: Type.String(),
  title: LabelSchema,
  about: LabelSchema,
  settings: Type.Unknown(),
  secrets: Type.Unknown(),
  can: Type.Object({ list: Type.Boolean(), query: Type.Boolean(), incremental: Type.Boolean(), summary: Type.Boolean(), changes: Type.Boolean() }),
})
export type SourceKindView = Static<typeof SourceKindSchema>

/** An object by its name, or a query where the kind allows one. */
const SourceFrom = Type.Union([
  Type.Object({ object: Words(500) }, { additionalProperties: false }), Type.Object({ query: Words(20_000) }, { additionalProperties: false }),
])
export type SourceFromView = Static<typeof SourceFrom>

const SourceColumnSchema = Type.Object({
  name: Type.String(), sourceType: Type.String(), type: Nullable(Type.Enum(FIELD_TYPES)), nullable: Type.Boolean(), canMark: Type.Boolean(), comment: Nullable(Type.String()),
})
export type SourceColumnView = Static<typeof SourceColumnSchema>

const SourceObjectSchema = Type.Object({
  name: Type.String(), title: Nullable(Type.String()), kind: Type.Enum(['table', 'view', 'file', 'resource']),
  columns: Nullable(Type.Array(SourceColumnSchema)), key: Type.Array(Type.String()), rows: Nullable(Type.Number()), bytes: Nullable(Type.Number()), modifiedAt: Nullable(Instant),
})
export type SourceObjectView = Static<typeof SourceObjectSchema>

const SourceSchema = Type.Object({
  id: Id,
  name: Type.String(),
  kind: Type.String(),
  organisation: OrganisationRef,
  settings: Type.Record(Type.String(), Type.Unknown()),
  /** Names of the secrets that are kept; their values are never told. */
  secrets: Type.Array(Type.String()),
  from: SourceFrom,
  mode: Type.Enum(SOURCE_MODES),
  markColumn: Nullable(Type.String()),
  keyColumns: Type.Array(Type.String()),
  drift: Type.Enum(DRIFT_POLICIES),
  /** Five fields of cron in China's time; null runs by hand only. */
  schedule: Nullable(Type.String()),
  /** The entry that it fills; null until it first ran. */
  entryCode: Nullable(EntryCode),
  entryTitle: Type.String(),
  state: Type.Enum(SOURCE_STATES),
  nextRunAt: Nullable(Instant),
  /** Highest mark that has come in. */
  mark: Nullable(Type.String()),
  /** Why the next load reads everything though the source is incremental. */
  fullBecause: Nullable(Type.Enum(['first', 'asked', 'other-version', 'moved'])),
  lastLoad: Nullable(Type.Object({ id: Id, state: Type.Enum(LOAD_STATES), at: Instant, rowsRead: Type.Integer(), errorCode: Nullable(Type.String()) })),
  failuresInRow: Type.Integer(),
  createdAt: Instant,
  createdBy: Type.String(),
  revision: Revision,
  allowedActions: Type.Array(Type.Enum(['edit', ...SOURCE_ACTIONS])),
})
export type Source = Static<typeof SourceSchema>

const settings = {
  name: Words(120),
  kind: Type.String({ maxLength: 40 }),
  settings: Type.Record(Type.String(), Type.Unknown()),
  /** Left out when changing: those that are kept stay, as long as the settings do. */
  secrets: Type.Record(Type.String({ maxLength: 100 }), Type.String({ maxLength: 20_000 })),
  from: SourceFrom,
  mode: Type.Enum(SOURCE_MODES),
  markColumn: Nullable(Words(200)),
  keyColumns: Type.Array(Words(200), { maxItems: 32 }),
  drift: Type.Enum(DRIFT_POLICIES),
  schedule: Nullable(Words(100)),
}
const reach = {
  kind: settings.kind, settings: settings.settings, secrets: Type.Optional(settings.secrets),
  /** A source of one's own whose secrets are taken, where its settings are the same. */
  sourceId: Type.Optional(Id),
}

const tag = 'collection'
const readers = { provider: 'own', steward: 'all', auditor: 'all' } as const
const provider = { provider: 'own' } as const
const IdParams = Type.Object({ id: Id })

export const sourceOperations = {
  listSourceKinds: operation({
    id: 'listSourceKinds', method: 'GET', path: '/api/v1/collection/source-kinds', tag, access: readers, summary: 'Kinds of sources, with the forms of their settings',
    response: Type.Object({ items: Type.Array(SourceKindSchema) }),
  }),
  listSources: operation({
    id: 'listSources', method: 'GET', path: '/api/v1/collection/sources', tag, access: readers, summary: 'Registered sources, by name',
    query: Type.Object({ ...PageQuery, state: Type.Optional(Type.Enum(['active', 'paused'])), q: Type.Optional(Words(100)) }), response: Page(SourceSchema),
  }),
  testSource: operation({
    id: 'testSource', method: 'POST', path: '/api/v1/collection/source-test', tag, access: provider,
    summary: 'Reach a source with settings that are not kept yet, and tell what it offers', body: Type.Object(reach),
    response: Type.Object({ items: Type.Array(SourceObjectSchema) }),
  }),
  previewSource: operation({
    id: 'previewSource', method: 'POST', path: '/api/v1/collection/source-preview', tag, access: provider,
    summary: 'Columns and first rows of an object or query; nothing is kept', body: Type.Object({ ...reach, from: SourceFrom }),
    response: Type.Object({ columns: Type.Array(SourceColumnSchema), key: Type.Array(Type.String()), rows: Type.Array(Type.Array(Nullable(Type.String()))) }),
  }),
  createSource: operation({
    id: 'createSource', method: 'POST', path: '/api/v1/collection/sources', tag, access: provider, status: 201,
    summary: 'Register a source; nothing is read before a run is asked for or due',
    body: Type.Object({ ...settings, secrets: Type.Optional(settings.secrets), entryCode: Type.Optional(EntryCode), entryTitle: Type.Optional(Words(200)) }), response: SourceSchema,
  }),
  getSource: operation({
    id: 'getSource', method: 'GET', path: '/api/v1/collection/sources/{id}', tag, access: readers, summary: 'One source', params: IdParams, response: SourceSchema,
  }),
  changeSource: operation({
    id: 'changeSource', method: 'PATCH', path: '/api/v1/collection/sources/{id}', tag, access: provider,
    summary: 'Change a source; its kind and entry stay. When it reads something else, the next load is a full one', params: IdParams,
    body: Type.Object({
      name: Type.Optional(settings.name), settings: Type.Optional(settings.settings), secrets: Type.Optional(settings.secrets), from: Type.Optional(settings.from),
      mode: Type.Optional(settings.mode), markColumn: Type.Optional(settings.markColumn), keyColumns: Type.Optional(settings.keyColumns), drift: Type.Optional(settings.drift),
      schedule: Type.Optional(settings.schedule), revision: Revision,
    }),
    response: SourceSchema,
  }),
  actOnSource: operation({
    id: 'actOnSource', method: 'POST', path: '/api/v1/collection/sources/{id}/actions/{action}', tag, access: provider,
    summary: 'Load now, load everything now, pause, activate or remove it', params: Type.Object({ id: Id, action: Type.Enum(SOURCE_ACTIONS) }),
    body: Type.Object({ reason: Type.Optional(Words(500, 0)) }),
    response: Type.Object({ source: SourceSchema, loadId: Nullable(Id) }),
  }),
  actOnLoad: operation({
    id: 'actOnLoad', method: 'POST', path: '/api/v1/collection/loads/{id}/actions/{action}', tag, access: provider,
    summary: 'Pause, resume or give up a load, or decide about a changed schema', params: Type.Object({ id: Id, action: Type.Enum(LOAD_ACTIONS) }),
    body: Type.Object({ reason: Type.Optional(Words(500, 0)) }), response: Type.Object({ id: Id, state: Type.Enum(LOAD_STATES) }),
  }),
} as const
