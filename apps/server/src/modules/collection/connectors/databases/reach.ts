import { type Static, Type } from 'typebox'
import { resolveReceiver } from '../../../../platform/outbound.ts'
import type { ConnectorTools } from '../connector.ts'
import { oneOf, secret, text, whole } from '../setting.ts'

/** Longest silence of a database between two pieces of an answer, and before the first, which may need a sort. */
export const SILENCE_MS = 120_000
export const FIRST_SILENCE_MS = 1_800_000
export const CONNECT_MS = 10_000
/** A batch wants to have so many bytes. */
export const BATCH_BYTES = 4 * 2 ** 20

/** Settings that every database has. */
export const databaseSettings = (port: number) => Type.Object({
  host: text({ zh: '主机', en: 'Host' }, { most: 253, pattern: '^[^\\s/@]+$' }, { zh: '名称或地址，不带协议', en: 'Name or address, without a scheme' }),
  port: whole({ zh: '端口', en: 'Port' }, { least: 1, most: 65_535, default: port }),
  database: text({ zh: '数据库', en: 'Database' }, { most: 128 }),
  user: text({ zh: '用户', en: 'User' }, { most: 128 }, { zh: '只给读权限的用户', en: 'One that may only read' }),
  tls: oneOf({ zh: '加密', en: 'Encryption' }, {
    verify: { zh: '加密并核对证书', en: 'Encrypted, certificate checked' }, on: { zh: '加密，不核对证书', en: 'Encrypted, certificate not checked' }, off: { zh: '不加密', en: 'Not encrypted' },
  }, 'verify'),
  ca: Type.Optional(text({ zh: '签发机构证书', en: 'Certificate of the issuer' }, { most: 20_000, isLong: true }, { zh: 'PEM；用公共机构的证书时不填', en: 'PEM; leave out when a public authority issued it' })),
  utcOffset: text({ zh: '时区', en: 'Time zone' }, { pattern: '^[+-][0-9]{2}:[0-9]{2}$', default: '+08:00' }, { zh: '带时区的时间换算到这个时区', en: 'Times with a zone are told in this one' }),
}, { additionalProperties: false })
export type DatabaseSettings = Static<ReturnType<typeof databaseSettings>>

export const databaseSecrets = Type.Object({ password: secret({ zh: '密码', en: 'Password' }) }, { additionalProperties: false })
export type DatabaseSecrets = Static<typeof databaseSecrets>

/** The address to connect to, checked; the name stays for the certificate. */
export async function addressOf({ host }: DatabaseSettings, { outbound }: ConnectorTools): Promise<string> {
  const { address } = await resolveReceiver(host, 'source', outbound)
  return address
}

export const isConnectionLost = (code: string): boolean =>
  ['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'PROTOCOL_CONNECTION_LOST', '57P01', '57P02', '57P03', '08006', '08003', '08000', 'ER_SERVER_SHUTDOWN', 'ER_CONNECTION_KILLED'].includes(code)
