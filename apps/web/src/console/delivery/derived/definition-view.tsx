import { operations, type DerivedDefinition } from '@datong/contracts'
import { Link } from 'react-router'
import { useApiMany } from '../../../shared/api/hooks.ts'
import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { Panel } from '../../../shared/ui/page-header.tsx'

/** The query in words: inputs with their joins, columns, conditions, limit. */
export function DefinitionView({ definition }: { readonly definition: DerivedDefinition }) {
  const { t } = useT()
  const format = useFormat()
  const entries = useApiMany(operations.getEntry, definition.sources.map(({ entryCode }) => ({ code: entryCode })))
  const titleOf = (source: number): string => entries[source]?.data?.title ?? definition.sources[source]?.entryCode ?? ''
  return (
    <Panel title={t('derived.definition')}>
      <dl className="dt-def">
        {definition.sources.map(({ entryCode, join }, index) => [
          <dt key={`${entryCode} name`}>{t('derived.input', { number: index + 1 })}</dt>,
          <dd key={entryCode}>
            <Link to={`/console/catalog/${entryCode}`}>{titleOf(index)}</Link>
            {join && <div className="dt-secondary">{t(`derived.join.${join.kind}`)}：{join.on.map((pair) => `${pair.field} = ${titleOf(pair.source)} · ${pair.with}`).join(t('derived.comma'))}</div>}
          </dd>,
        ])}
        <dt>{t('derived.columns')}</dt>
        <dd>{definition.select.map(({ source, field, as }) => (as === undefined || as === field ? field : `${as}（${titleOf(source)} · ${field}）`)).join(t('derived.comma'))}</dd>
        <dt>{t('derived.conditions')}</dt>
        <dd>
          {definition.filters.length === 0 ? t('common.none') : definition.filters.map(({ source, field, op, value, parameter }, index) => (
            <div key={index}>{titleOf(source)} · {field} {t(`common.op.${op}`)} {parameter === undefined ? value : <code className="dt-mono">?{parameter}</code>}</div>
          ))}
        </dd>
        <dt>{t('derived.limit')}</dt><dd>{t('derived.rows', { count: definition.limit, rows: format.number(definition.limit) })}</dd>
      </dl>
    </Panel>
  )
}
