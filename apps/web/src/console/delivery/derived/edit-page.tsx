import { operations, type Derived } from '@datong/contracts'
import { useNavigate, useParams } from 'react-router'
import { useAction, useApi } from '../../../shared/api/hooks.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { PageHeader } from '../../../shared/ui/page-header.tsx'
import { Loaded } from '../../../shared/ui/states.tsx'
import { definitionOf, draftOf, emptyDraft } from './draft.ts'
import { Editor } from './editor.tsx'

/** A new derived interface. */
export function NewDerivedPage() {
  const { t } = useT()
  const navigate = useNavigate()
  const create = useAction(operations.createDerived, (made) => void navigate(`/console/calls/derived/${made.id}`))
  return (
    <>
      <PageHeader back={{ to: '/console/calls/derived', text: t('derived.title') }} title={t('derived.make')} />
      <Editor
        initial={{ name: '', title: '', draft: emptyDraft }} nameFixed={false} busy={create.isPending} error={create.error} cancelTo="/console/calls/derived"
        onSave={({ name, title, draft }) => create.mutate({ body: { name, title, definition: definitionOf(draft) } })}
      />
    </>
  )
}

/** A new version of a derived interface. */
export function EditDerivedPage() {
  const { id = '' } = useParams()
  const derived = useApi(operations.getDerived, { params: { id } })
  return <Loaded of={derived} rows={8}>{(data) => <EditDerived key={data.id} derived={data} />}</Loaded>
}

function EditDerived({ derived }: { readonly derived: Derived }) {
  const { t } = useT()
  const navigate = useNavigate()
  const page = `/console/calls/derived/${derived.id}`
  const change = useAction(operations.changeDerived, () => void navigate(page))
  return (
    <>
      <PageHeader back={{ to: page, text: derived.title }} title={t('derived.edit')} facts={<span>{t('derived.editHint', { version: derived.version + 1 })}</span>} />
      <Editor
        initial={{ name: derived.name, title: derived.title, draft: draftOf(derived.definition) }} nameFixed busy={change.isPending} error={change.error} cancelTo={page}
        onSave={({ title, draft }) => change.mutate({ params: { id: derived.id }, body: { title, definition: definitionOf(draft), revision: derived.revision } })}
      />
    </>
  )
}
