import { AppError, type Issue } from '@datong/kernel'
import type { Static, TObject, TSchema } from 'typebox'
import { Check, Default, Errors } from 'typebox/value'
import type { Connector, ConnectorTools, OpenSource } from './connector.ts'

interface Definition<S extends TObject, K extends TObject> extends Omit<Connector, 'settings' | 'secrets' | 'open'> {
  readonly settings: S
  readonly secrets: K
  open(settings: Static<S>, secrets: Static<K>, tools: ConnectorTools): Promise<OpenSource>
}

/** A connector whose `open` sees settings and secrets that fit its schemas. */
export function defineConnector<S extends TObject, K extends TObject>(definition: Definition<S, K>): Connector {
  return {
    ...definition,
    async open(settings, secrets, tools) {
      tools.signal.throwIfAborted()
      const fitting = requireFit(definition, settings, secrets)
      return definition.open(fitting.settings as Static<S>, fitting.secrets as Static<K>, tools) // both were just checked
    },
  }
}

/**
 * Settings and secrets of a kind of source with its defaults, before anything is asked.
 * @throws AppError `collection/source-settings` with all issues
 */
export function requireFit(connector: Pick<Connector, 'settings' | 'secrets'>, settings: unknown, secrets: unknown): { readonly settings: unknown; readonly secrets: unknown } {
  const completed = { settings: Default(connector.settings, structuredClone(settings)), secrets: Default(connector.secrets, structuredClone(secrets)) }
  const issues = [...issuesOf(connector.settings, completed.settings, '/settings'), ...issuesOf(connector.secrets, completed.secrets, '/secrets')]
  if (issues.length > 0) throw new AppError('collection/source-settings', {}, issues)
  return completed
}

function issuesOf(schema: TSchema, value: unknown, pointer: string): Issue[] {
  if (Check(schema, value)) return []
  return Errors(schema, value).flatMap(({ keyword, instancePath, params, message }): Issue[] => {
    if (keyword === 'required') {
      return params.requiredProperties.map((name: string) => ({ pointer: `${pointer}${instancePath}/${name}`, code: 'required', message }))
    }
    // Of a property that is not known the checker tells twice: of the object, and of the property.
    if (keyword === 'additionalProperties') return []
    return [keyword === 'boolean' ? { pointer: `${pointer}${instancePath}`, code: 'unknown-field', message: 'is not known' } : { pointer: `${pointer}${instancePath}`, code: keyword, message }]
  })
}
