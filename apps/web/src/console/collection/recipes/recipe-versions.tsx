import { operations, type Recipe, type RecipeBook, type RecipeRun } from '@datong/contracts'
import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { useAction } from '../../../shared/api/hooks.ts'
import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { ActionDialog } from '../../../shared/ui/action-dialog.tsx'
import { Chip } from '../../../shared/ui/chips.tsx'
import { ListTable } from '../../../shared/ui/list-table.tsx'
import { Panel } from '../../../shared/ui/page-header.tsx'

/** Saved versions of a recipe, and what they did to loads. */
export function RecipeVersions({ book, onStartFrom }: { readonly book: RecipeBook; readonly onStartFrom: (recipe: Recipe) => void }) {
  const { t } = useT()
  const format = useFormat()
  const [choosing, setChoosing] = useState<{ readonly number: number | null } | null>(null)
  const choose = useAction(operations.chooseRecipe)
  return (
    <>
      <Panel flush={book.recipes.length > 0} title={t('recipes.versions')}>
        {book.recipes.length === 0 ? <p className="dt-secondary">{t('recipes.noVersions')}</p> : (
          <ListTable<Recipe>
            rows={book.recipes} rowKey={({ number }) => String(number)} label={t('recipes.versions')}
            columns={[
              { key: 'number', title: t('recipes.versions'), render: (one) => <span className="dt-nowrap">{t('recipes.version', { number: one.number })} {one.active && <Chip tone="jade">{t('recipes.inUse')}</Chip>}</span> },
              { key: 'title', title: t('recipes.name'), render: (one) => one.title },
              { key: 'steps', title: t('recipes.steps'), render: (one) => <>{t('recipes.stepsCount', { count: one.steps.length, figure: format.number(one.steps.length) })}{one.reading !== null && <> · {t('recipes.keepsReading')}</>}</> },
              { key: 'by', title: t('recipes.column.changed'), render: (one) => <>{one.createdBy} <span className="dt-nowrap">{format.dateTime(one.createdAt)}</span></> },
              ...(book.mayEdit ? [{
                key: 'act', title: '', render: (one: Recipe) => (
                  <span className="dt-nowrap">
                    <Button type="link" size="small" onClick={() => setChoosing({ number: one.active ? null : one.number })}>{t(one.active ? 'recipes.stop' : 'recipes.use')}</Button>
                    <Button type="link" size="small" onClick={() => onStartFrom(one)}>{t('recipes.startFrom')}</Button>
                  </span>
                ),
              }] : []),
            ]}
          />
        )}
      </Panel>
      <Panel flush={book.runs.length > 0} title={t('recipes.runs')}>
        {book.runs.length === 0 ? <p className="dt-secondary">{t('recipes.noRuns')}</p> : (
          <ListTable<RecipeRun>
            rows={book.runs} rowKey={({ loadId }) => loadId} label={t('recipes.runs')}
            columns={[
              { key: 'at', title: t('recipes.run.at'), render: (run) => <Link className="dt-nowrap" to={`/console/collection/loads/${run.loadId}`}>{format.dateTime(run.at)}</Link> },
              { key: 'recipe', title: t('recipes.run.recipe'), render: (run) => t('recipes.version', { number: run.recipe }) },
              { key: 'version', title: t('recipes.run.version'), render: (run) => `v${run.version}` },
              ...([['in', 'rowsIn'], ['changed', 'rowsChanged'], ['rejected', 'rowsRejected'], ['dropped', 'rowsDropped'], ['out', 'rowsOut']] as const)
                .map(([key, count]) => ({ key, title: t(`recipes.run.${key}`), render: (run: RecipeRun) => format.number(run.counts[count]) })),
            ]}
          />
        )}
      </Panel>
      {choosing && (
        <ActionDialog<{ reason: string }>
          open title={choosing.number === null ? t('recipes.stopTitle') : t('recipes.useTitle', { number: choosing.number })} intro={t(choosing.number === null ? 'recipes.stopIntro' : 'recipes.useIntro')}
          submit={t(choosing.number === null ? 'recipes.stop' : 'recipes.use')} onClose={() => setChoosing(null)}
          onSubmit={({ reason }) => choose.mutateAsync({ params: { code: book.entryCode }, body: { number: choosing.number, reason } })}
        >
          <Form.Item name="reason" label={t('common.reason')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}><Input.TextArea maxLength={500} autoSize={{ minRows: 2 }} autoFocus /></Form.Item>
        </ActionDialog>
      )}
    </>
  )
}
