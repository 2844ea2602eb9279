import type { Static, TObject, TSchema } from 'typebox'
import type { Role } from './roles.ts'

/**
 * Who may call an operation.
 * `anyone` needs no session; `signed-in` any session. Otherwise a role's reach: `own` is limited to objects of the
 * caller's organisation, `all` is not. A role that is not named is refused (403) before any object is looked up, so
 * the answer tells nothing about what exists; an object outside the reach answers 404, as an unknown one does.
 */
export type Access = 'anyone' | 'signed-in' | Readonly<Partial<Record<Role, 'own' | 'all'>>>

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/**
 * One HTTP operation: the single description from which server validation, OpenAPI, the typed client, the console's
 * menus and the access test are all derived.
 */
export interface Operation<
  P extends TObject = TObject,
  Q extends TObject = TObject,
  B extends TSchema = TSchema,
  R extends TSchema = TSchema,
> {
  readonly id: string
  readonly method: Method
  /** With `{name}` for path parameters, as in OpenAPI. */
  readonly path: string
  readonly tag: string
  readonly summary: string
  readonly access: Access
  readonly params?: P
  readonly query?: Q
  readonly body?: B
  /** Success answer. Streams and other media types say so in `produces` and leave the schema for the JSON form. */
  readonly response: R
  readonly status?: 200 | 201 | 202 | 204
  readonly consumes?: 'application/json' | 'multipart/form-data'
  readonly produces?: readonly string[]
  /** Query parameters beyond the schema are let through (row filters). */
  readonly openQuery?: boolean
}

/** Keeps the exact schema types of an operation while checking its form. */
export const operation = <P extends TObject, Q extends TObject, B extends TSchema, R extends TSchema>(
  definition: Operation<P, Q, B, R>,
): Operation<P, Q, B, R> => definition

export type ParamsOf<O> = O extends Operation<infer P, TObject, TSchema, TSchema> ? Static<P> : never
export type QueryOf<O> = O extends Operation<TObject, infer Q, TSchema, TSchema> ? Static<Q> : never
export type BodyOf<O> = O extends Operation<TObject, TObject, infer B, TSchema> ? Static<B> : never
export type ResponseOf<O> = O extends Operation<TObject, TObject, TSchema, infer R> ? Static<R> : never
