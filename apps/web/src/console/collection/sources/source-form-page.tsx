import { operations, type Source } from '@datong/contracts'
import { useNavigate, useParams } from 'react-router'
import { useAction, useApi } from '../../../shared/api/hooks.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { PageHeader } from '../../../shared/ui/page-header.tsx'
import { Loaded } from '../../../shared/ui/states.tsx'
import { givenOf, settingsOf } from './setting-schema.ts'
import { SourceForm } from './source-form.tsx'
import { changedSource, newSource, valuesOf } from './source-values.ts'
import './sources.css'

const LIST = '/console/collection/sources'

/** A new source. */
export function NewSourcePage() {
  const { t, language } = useT()
  const navigate = useNavigate()
  const kinds = useApi(operations.listSourceKinds)
  const create = useAction(operations.createSource, ({ id }) => void navigate(`${LIST}/${id}`))
  return (
    <>
      <PageHeader back={{ to: LIST, text: t('sources.title') }} title={t('sources.add')} />
      <Loaded of={kinds} rows={8}>
        {({ items }) => (
          <SourceForm
            kinds={items} busy={create.isPending} error={create.error} cancelTo={LIST} onSave={(values) => create.mutate({ body: newSource(values) })}
            initial={{ ...(items[0] ? { kind: items[0].kind, settings: givenOf(settingsOf(items[0].settings, language)) } : {}), by: 'object', mode: 'full', drift: 'hold', schedule: { usual: 'by-hand' } }}
          />
        )}
      </Loaded>
    </>
  )
}

/** Changes of a source. */
export function EditSourcePage() {
  const { id = '' } = useParams()
  const source = useApi(operations.getSource, { params: { id } })
  return <Loaded of={source} rows={8}>{(data) => <EditSource key={data.revision} source={data} />}</Loaded>
}

function EditSource({ source }: { readonly source: Source }) {
  const { t } = useT()
  const navigate = useNavigate()
  const page = `${LIST}/${source.id}`
  const kinds = useApi(operations.listSourceKinds)
  const change = useAction(operations.changeSource, () => void navigate(page))
  return (
    <>
      <PageHeader back={{ to: page, text: source.name }} title={t('sources.edit')} />
      <Loaded of={kinds} rows={8}>
        {({ items }) => (
          <SourceForm
            kinds={items} source={source} busy={change.isPending} error={change.error} cancelTo={page} initial={valuesOf(source)}
            onSave={(values) => change.mutate({ params: { id: source.id }, body: changedSource(values, source.revision) })}
          />
        )}
      </Loaded>
    </>
  )
}
