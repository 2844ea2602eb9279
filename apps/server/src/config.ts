import { type Grade, GRADES } from '@datong/kernel'
import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { type Static, Type } from 'typebox'
import { Errors } from 'typebox/value'
import type { FormSettings } from './platform/form-settings.ts'

const text = (description: string) => Type.Optional(Type.String({ description }))

const PROXY = '(loopback|[0-9a-fA-F.:]+(/[0-9]{1,3})?)'

/** The environment variables that the server reads, all optional; the descriptions end sentences about wrong values. */
const Environment = Type.Object({
  PORT: Type.Optional(Type.String({ pattern: '^(0|[1-9][0-9]{0,4})$', description: 'must be a port number from 0 to 65535' })),
  HOST: Type.Optional(Type.String({ pattern: '^[0-9A-Za-z.:_-]+$', description: 'must be a host name or an address' })),
  DATONG_HOME: text('must be a folder'),
  DATABASE_URL: Type.Optional(Type.String({ pattern: '^postgres(ql)?://', description: 'must begin with postgresql://' })),
  REDIS_URL: Type.Optional(Type.String({ pattern: '^rediss?://', description: 'must begin with redis:// or rediss://' })),
  DATA_ENGINE_URL: Type.Optional(Type.String({ pattern: '^duckdb:$', description: 'must be duckdb: in this version' })),
  LAKE_URL: Type.Optional(Type.String({ pattern: '^(?![a-zA-Z][a-zA-Z0-9+]*://).', description: 'must be a folder in this version' })),
  OIDC_ISSUER: Type.Optional(Type.String({ maxLength: 0, description: 'cannot be used: this version has no sign-in by OpenID Connect' })),
  DATONG_ROLE: Type.Optional(Type.Enum(['all', 'api', 'worker'], { description: 'must be all, api or worker' })),
  DATONG_DEMO_PASSWORD: Type.Optional(Type.String({ minLength: 8, maxLength: 256, description: 'must have 8 to 256 characters' })),
  DATONG_LOG_LEVEL: Type.Optional(Type.Enum(['debug', 'info', 'warn', 'error', 'silent'], { description: 'must be debug, info, warn, error or silent' })),
  DATONG_OUTBOUND_LOOPBACK: Type.Optional(Type.Enum(['allow', 'refuse'], { description: 'must be allow or refuse' })),
  DATONG_PUSH_NETWORKS: Type.Optional(Type.String({
    pattern: '^[0-9a-fA-F.:]+/[0-9]{1,3}(,[0-9a-fA-F.:]+/[0-9]{1,3})*$', description: 'must be networks such as 10.0.0.0/8,fd00::/8',
  })),
  DATONG_HARVEST_NETWORKS: Type.Optional(Type.String({
    pattern: '^[0-9a-fA-F.:]+/[0-9]{1,3}(,[0-9a-fA-F.:]+/[0-9]{1,3})*$', description: 'must be networks such as 10.0.0.0/8,fd00::/8',
  })),
  DATONG_SOURCE_NETWORKS: Type.Optional(Type.String({
    pattern: '^[0-9a-fA-F.:]+/[0-9]{1,3}(,[0-9a-fA-F.:]+/[0-9]{1,3})*$', description: 'must be networks such as 10.0.0.0/8,fd00::/8',
  })),
  DATONG_DROP_FOLDER: text('must be a folder'),
  DATONG_WEBHOOK_PORTS: Type.Optional(Type.String({ pattern: '^[0-9]{1,5}(,[0-9]{1,5})*$', description: 'must be port numbers such as 443,8443' })),
  DATONG_MAX_FILE_MB: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,7}$', description: 'must be a number of megabytes' })),
  DATONG_KEEP_FREE_MB: Type.Optional(Type.String({ pattern: '^(0|[1-9][0-9]{0,7})$', description: 'must be a number of megabytes' })),
  DATONG_LINK_SPACE_MB: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,7}$', description: 'must be a number of megabytes' })),
  DATONG_ANSWER_MEMORY_MB: Type.Optional(Type.String({ pattern: '^(0|[1-9][0-9]{0,4})$', description: 'must be a number of megabytes, or 0' })),
  DATONG_PUBLIC_URL: Type.Optional(Type.String({ pattern: '^https?://[a-z0-9.-]+(:[0-9]{1,5})?$', maxLength: 200, description: 'must be a URL without a path, such as https://data.example.gov.cn' })),
  DATONG_TRUST_PROXY: Type.Optional(Type.String({
    pattern: `^${PROXY}(,${PROXY})*$`, description: 'must be addresses of proxies such as 10.0.0.5,10.1.0.0/16, or loopback',
  })),
  DATONG_KEY_MAX_DAYS: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,3}$', description: 'must be a number of days from 1 to 9999' })),
  DATONG_SIGNATURES_FROM: Type.Optional(Type.Enum([...GRADES, 'never'], { description: `must be ${GRADES.join(', ')} or never` })),
  DATONG_WATERMARK_FROM: Type.Optional(Type.Enum([...GRADES, 'never'], { description: `must be ${GRADES.join(', ')} or never` })),
  DATONG_LOG_ORIGIN: Type.Optional(Type.String({
    pattern: '^[a-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9._~/-]*)?$', maxLength: 200,
    description: 'must be a URL without its scheme, such as data.example.gov.cn/log',
  })),
})
type Environment = Static<typeof Environment>

/** All settings of a process, read once. */
export interface Config {
  readonly host: string
  readonly port: number
  /** Folder of everything that the program keeps, absolute. */
  readonly home: string
  /** Null: the embedded PostgreSQL in `home`. */
  readonly databaseUrl: string | null
  readonly redisUrl: string | null
  /** Folder of the lake, absolute. */
  readonly lakeDir: string
  /** Folder below which each organisation has its drop folders, absolute. */
  readonly dropDir: string
  readonly role: 'all' | 'api' | 'worker'
  readonly demoPassword: string | null
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent' | null
  /** Name of the evidence log, taken over at the first start only; null makes one up. */
  readonly logOrigin: string | null
  readonly forms: FormSettings
  /** Largest file that is uploaded or taken from a source. */
  readonly maxFileBytes: number
  /** Space on the disk that loads leave to the rest of the platform. */
  readonly keepFreeBytes: number
  /** Address of the installation as its users know it, without a slash at the end. */
  readonly publicUrl: string | null
  /** Proxies whose word about the address, scheme and host of a call is taken; none by default. */
  readonly trustedProxies: readonly string[]
  /** Longest life of a key, days. */
  readonly longestKeyLifeDays: number
  /** Least grade of data for which calls with keys must be signed; null for none. */
  readonly signaturesFrom: Grade | null
  /** Least grade of granted data whose files carry a watermark; null for none. */
  readonly watermarkFrom: Grade | null
}

/** Settings that cannot be used, each with a sentence; values are not repeated, they may be secret. */
export class ConfigError extends Error {
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.name = 'ConfigError'
    this.problems = problems
  }
}

/**
 * Reads the settings from environment variables; an empty variable counts as none.
 * @param cwd folder against which relative folders are resolved
 * @throws ConfigError with all problems at once
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>, cwd: string): Config {
  const names = Object.keys(Environment.properties)
  const given = Object.fromEntries(names.map((name) => [name, env[name]?.trim()]).filter(([, value]) => value !== undefined && value !== ''))
  const wrong = new Set(Errors(Environment, given).map(({ instancePath }) => instancePath.slice(1)))
  const settings = given as Environment // every value that does not fit is in `wrong`
  const port = Number(settings.PORT ?? 8080)
  if (port > 65_535) wrong.add('PORT')
  if (settings.HOST?.includes(':') && isIP(settings.HOST) === 0) wrong.add('HOST')
  if (wrong.size > 0) throw new ConfigError(names.filter((name) => wrong.has(name)).map((name) => `${name} ${descriptionOf(name)}.`))
  const home = resolve(cwd, settings.DATONG_HOME ?? 'var')
  return {
    host: settings.HOST ?? '127.0.0.1',
    port,
    home,
    databaseUrl: settings.DATABASE_URL ?? null,
    redisUrl: settings.REDIS_URL ?? null,
    lakeDir: settings.LAKE_URL === undefined ? join(home, 'lake') : resolve(cwd, settings.LAKE_URL),
    dropDir: settings.DATONG_DROP_FOLDER === undefined ? join(home, 'drop') : resolve(cwd, settings.DATONG_DROP_FOLDER),
    role: settings.DATONG_ROLE ?? 'all',
    demoPassword: settings.DATONG_DEMO_PASSWORD ?? null,
    logLevel: settings.DATONG_LOG_LEVEL ?? null,
    logOrigin: settings.DATONG_LOG_ORIGIN ?? null,
    forms: {
      allowLoopback: settings.DATONG_OUTBOUND_LOOPBACK === 'allow',
      pushNetworks: settings.DATONG_PUSH_NETWORKS?.split(',') ?? null,
      harvestNetworks: settings.DATONG_HARVEST_NETWORKS?.split(',') ?? [],
      sourceNetworks: settings.DATONG_SOURCE_NETWORKS?.split(',') ?? [],
      webhookPorts: (settings.DATONG_WEBHOOK_PORTS ?? '443,8443').split(',').map(Number),
      linkSpaceBytes: Number(settings.DATONG_LINK_SPACE_MB ?? 20_480) * 2 ** 20,
      keptAnswerBytes: Number(settings.DATONG_ANSWER_MEMORY_MB ?? 64) * 2 ** 20,
    },
    maxFileBytes: Number(settings.DATONG_MAX_FILE_MB ?? 4_096) * 2 ** 20,
    keepFreeBytes: Number(settings.DATONG_KEEP_FREE_MB ?? 1_024) * 2 ** 20,
    publicUrl: settings.DATONG_PUBLIC_URL ?? null,
    trustedProxies: settings.DATONG_TRUST_PROXY?.split(',') ?? [],
    longestKeyLifeDays: Number(settings.DATONG_KEY_MAX_DAYS ?? 730),
    signaturesFrom: settings.DATONG_SIGNATURES_FROM === 'never' ? null : (settings.DATONG_SIGNATURES_FROM ?? 'top-secret'),
    watermarkFrom: settings.DATONG_WATERMARK_FROM === 'never' ? null : (settings.DATONG_WATERMARK_FROM ?? 'internal'),
  }
}

function descriptionOf(name: string): string {
  const schema = Object.entries(Environment.properties).find(([key]) => key === name)?.[1]
  return schema !== undefined && 'description' in schema ? String(schema.description) : 'cannot be used'
}
