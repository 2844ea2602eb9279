import { HARVEST_KINDS, HARVEST_SCHEDULES, type HarvestSource, operations } from '@datong/contracts'
import { App, Button, Checkbox, Form, Input, Radio, Select } from 'antd'
import { useState } from 'react'
import { useAction, useApi } from '../../shared/api/hooks.ts'
import { useName } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { ActionDialog } from '../../shared/ui/action-dialog.tsx'
import { ErrorState } from '../../shared/ui/states.tsx'
import { Samples } from './samples.tsx'

interface Values {
  readonly name: string
  readonly kind: HarvestSource['kind']
  readonly url: string
  readonly organisation: string
  readonly schedule: HarvestSource['schedule']
  readonly publishes?: boolean
}

/** Registers a catalogue, after a look at how its records would come in; or changes the settings of one. */
export function SourceDialog({ source, onClose, onDone }: { readonly source?: HarvestSource; readonly onClose: () => void; readonly onDone?: (id: string) => void }) {
  const { t } = useT()
  const { message } = App.useApp()
  const create = useAction(operations.createHarvestSource)
  const change = useAction(operations.changeHarvestSource)
  const required = [{ required: true, whitespace: true, message: t('common.required') }]
  const submit = async ({ name, kind, url, organisation, schedule, publishes = false }: Values): Promise<void> => {
    const settings = { name: name.trim(), organisation, schedule, publishes }
    const { id } = source === undefined
      ? await create.mutateAsync({ body: { ...settings, kind, url: url.trim() } })
      : await change.mutateAsync({ params: { id: source.id }, body: { ...settings, revision: source.revision } })
    void message.success(t('catalog.saved'))
    onDone?.(id)
  }
  return (
    <ActionDialog<Values>
      open width={720} title={source ? t('harvest.change', { name: source.name }) : t('harvest.add')} submit={t('common.save')} onClose={onClose} onSubmit={submit}
      initial={source ? { name: source.name, organisation: source.organisation.code, schedule: source.schedule, publishes: source.publishes } : { kind: 'ckan', schedule: 'daily', publishes: false }}
    >
      <Form.Item name="name" label={t('harvest.name')} rules={required}><Input maxLength={120} autoFocus /></Form.Item>
      {!source && (
        <>
          <Form.Item name="kind" label={t('harvest.kind')}><Radio.Group options={HARVEST_KINDS.map((value) => ({ value, label: t(`harvest.kinds.${value}`) }))} /></Form.Item>
          <Form.Item name="url" label={t('harvest.url')} extra={t('harvest.urlHint')} rules={[{ required: true, pattern: /^\s*https?:\/\/\S+\s*$/, message: t('harvest.urlHint') }]}><Input maxLength={2000} inputMode="url" /></Form.Item>
        </>
      )}
      <div className="dt-form-grid">
        <OrganisationItem />
        <Form.Item name="schedule" label={t('harvest.schedule')}><Select options={HARVEST_SCHEDULES.map((value) => ({ value, label: t(`harvest.schedules.${value}`) }))} /></Form.Item>
      </div>
      <Form.Item name="publishes" valuePropName="checked" extra={t('harvest.publishesHint')}><Checkbox>{t('harvest.publishes')}</Checkbox></Form.Item>
      {!source && <Preview />}
    </ActionDialog>
  )
}

function OrganisationItem() {
  const { t } = useT()
  const name = useName()
  const organisations = useApi(operations.listOrganisations)
  return (
    <Form.Item name="organisation" label={t('harvest.organisation')} rules={[{ required: true, message: t('common.required') }]}>
      <Select showSearch={{ optionFilterProp: 'label' }} loading={organisations.isPending} options={(organisations.data?.items ?? []).map((one) => ({ value: one.code, label: name(one) }))} />
    </Form.Item>
  )
}

/** A look at the first records with the settings of the form as they stand. */
function Preview() {
  const { t } = useT()
  const form = Form.useFormInstance<Values>()
  const preview = useAction(operations.previewHarvestSource)
  const [asked, setAsked] = useState(false)
  const look = async (): Promise<void> => {
    try {
      const { kind, url, organisation } = await form.validateFields(['kind', 'url', 'organisation'])
      setAsked(true)
      preview.mutate({ body: { kind, url: url.trim(), organisation } })
    } catch {
      // The fields say themselves what is missing.
    }
  }
  return (
    <>
      <Button loading={preview.isPending} onClick={() => void look()}>{t('harvest.preview')}</Button>
      {asked && preview.error && <div className="dt-gap"><ErrorState error={preview.error} /></div>}
      {asked && preview.data && <Samples {...preview.data} />}
    </>
  )
}
