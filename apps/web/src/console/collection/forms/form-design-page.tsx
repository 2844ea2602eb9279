import { type Form, operations } from '@datong/contracts'
import { useNavigate, useParams } from 'react-router'
import { useAction, useApi } from '../../../shared/api/hooks.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { PageHeader, Panel } from '../../../shared/ui/page-header.tsx'
import { Loaded } from '../../../shared/ui/states.tsx'
import { DesignForm } from './design-form.tsx'
import type { Design } from './design-values.ts'
import './forms.css'

const BACK = '/console/collection/forms'

/** Designs a new form. */
export function NewFormPage() {
  const { t } = useT()
  const navigate = useNavigate()
  const create = useAction(operations.createForm)
  const save = async (design: Design): Promise<void> => {
    const made = await create.mutateAsync({ body: design })
    void navigate(`${BACK}/${made.id}`)
  }
  return (
    <>
      <PageHeader title={t('forms.add')} back={{ to: BACK, text: t('forms.title') }} />
      <Panel><DesignForm onSave={save} /></Panel>
    </>
  )
}

/** Changes the design of a form that is there. */
export function EditFormPage() {
  const { id = '' } = useParams()
  const form = useApi(operations.getForm, { params: { id } })
  return <Loaded of={form}>{(data) => <Editing key={data.id} form={data} />}</Loaded>
}

function Editing({ form }: { readonly form: Form }) {
  const { t } = useT()
  const navigate = useNavigate()
  const change = useAction(operations.changeForm)
  const save = async ({ organisation: _, ...design }: Design): Promise<void> => {
    const { fields, keyFields, ...rest } = design
    // Of an open form the fields stay.
    await change.mutateAsync({ params: { id: form.id }, body: { ...(form.state === 'open' ? rest : { ...rest, fields, keyFields }), revision: form.revision } })
    void navigate(`${BACK}/${form.id}`)
  }
  return (
    <>
      <PageHeader title={t('forms.editOf', { title: form.title })} back={{ to: `${BACK}/${form.id}`, text: form.title }} />
      <Panel><DesignForm form={form} onSave={save} /></Panel>
    </>
  )
}
