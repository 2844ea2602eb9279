import { operations, type RecipeBook, type RecipeStep } from '@datong/contracts'
import { Alert, App, Button, Popconfirm } from 'antd'
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { useAction, useApi, useAsked } from '../../../shared/api/hooks.ts'
import { useName } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { Chip } from '../../../shared/ui/chips.tsx'
import { PageHeader, Panel } from '../../../shared/ui/page-header.tsx'
import { ErrorState, Loaded } from '../../../shared/ui/states.tsx'
import { faultsOf } from './faults.ts'
import { PreviewPanel } from './preview-panel.tsx'
import { RecipeVersions } from './recipe-versions.tsx'
import { SaveDialog } from './save-dialog.tsx'
import { StepList } from './step-list.tsx'
import { Suggestions } from './suggestions.tsx'
import './recipes.css'

/** The recipe of one entry: its steps, what they would do to the real rows, its versions and runs. */
export function RecipePage() {
  const { code = '' } = useParams()
  const book = useApi(operations.getRecipes, { params: { code } })
  return <Loaded of={book} rows={8}>{(data) => <RecipeView key={code} book={data} />}</Loaded>
}

function RecipeView({ book }: { readonly book: RecipeBook }) {
  const { t } = useT()
  const name = useName()
  const navigate = useNavigate()
  const { message } = App.useApp()
  const active = book.recipes.find((recipe) => recipe.active)
  const saved = (active ?? book.recipes[0])?.steps ?? []
  const [draft, setDraft] = useState<readonly RecipeStep[] | null>(null)
  const [asked, setAsked] = useState<readonly RecipeStep[] | null>(null)
  const [saving, setSaving] = useState(false)
  const params = { code: book.entryCode }
  const preview = useAsked(operations.previewRecipe, asked === null ? null : { steps: [...asked] }, params)
  const replay = useAction(operations.replayRecipe, ({ loadId }) => void navigate(`/console/collection/loads/${loadId}`))
  const steps = draft ?? saved
  const shown = asked === null || preview.error !== null ? undefined : preview.data
  const mayTry = book.mayEdit && book.table !== null
  return (
    <>
      <PageHeader
        back={{ to: '/console/collection/recipes', text: t('recipes.title') }} title={book.entryTitle}
        chips={<>{active ? <Chip tone="jade">{t('recipes.version', { number: active.number })} · {t('recipes.inUse')}</Chip> : <Chip tone="plain">{t('recipes.notUsed')}</Chip>}{draft !== null && <Chip tone="gamboge">{t('recipes.unsaved')}</Chip>}</>}
        facts={<><span className="dt-mono">{book.entryCode}</span><span>{name(book.organisation)}</span></>}
        actions={book.mayEdit && (
          <>
            {active && book.table && draft === null && (
              <Popconfirm title={t('recipes.replayTitle')} description={t('recipes.replayHint')} okText={t('recipes.replay')} cancelText={t('common.cancel')} onConfirm={() => replay.mutate({ params, body: {} })}>
                <Button loading={replay.isPending}>{t('recipes.replay')}</Button>
              </Popconfirm>
            )}
            {draft !== null && <Button onClick={() => { setDraft(null); setAsked(null) }}>{t('recipes.discard')}</Button>}
            <Button type="primary" disabled={draft === null} onClick={() => setSaving(true)}>{t('recipes.save')}</Button>
          </>
        )}
      />
      {replay.error && <ErrorState error={replay.error} />}
      {book.table === null && <Alert type="info" showIcon className="dt-lead" title={t('recipes.needTable')} />}
      <Panel title={t('recipes.steps')} extra={mayTry && <Button loading={preview.isFetching} disabled={steps.length === 0} onClick={() => (asked === steps ? void preview.refetch() : setAsked(steps))}>{t(shown ? 'recipes.previewAgain' : 'recipes.preview')}</Button>}>
        {mayTry && <p className="dt-secondary dt-lead">{t('recipes.previewHint')}</p>}
        {mayTry && <Suggestions code={book.entryCode} steps={steps} onAdd={(more) => setDraft([...steps, ...more])} />}
        <StepList steps={steps} inputs={book.table?.fields ?? []} editable={book.mayEdit} preview={asked === steps ? shown : undefined} faults={asked === steps ? faultsOf(preview.error, t) : new Map()} onChange={setDraft} />
      </Panel>
      {asked !== null && preview.error !== null && <ErrorState error={preview.error} />}
      {shown && (
        <>
          {asked !== steps && <Alert type="warning" showIcon className="dt-lead" title={t('recipes.previewStale')} />}
          <PreviewPanel preview={shown} steps={asked ?? []} original={book.table?.original === true} />
        </>
      )}
      <RecipeVersions book={book} onStartFrom={(recipe) => { setDraft(recipe.steps); setAsked(null) }} />
      {saving && (
        <SaveDialog
          book={book} steps={steps} onClose={() => setSaving(false)}
          onSaved={() => { setDraft(null); void message.success(t('recipes.saved')) }}
        />
      )}
    </>
  )
}
