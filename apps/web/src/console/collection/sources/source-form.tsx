import { DRIFT_POLICIES, operations, type Source, type SourceKindView } from '@datong/contracts'
import { Alert, Button, Form, Input, Radio, Select } from 'antd'
import { useMemo } from 'react'
import { useAction } from '../../../shared/api/hooks.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { LinkButton } from '../../../shared/ui/link-button.tsx'
import { Panel } from '../../../shared/ui/page-header.tsx'
import { ErrorState } from '../../../shared/ui/states.tsx'
import { EntryItem } from './entry-item.tsx'
import { ReadItems } from './read-items.tsx'
import { ScheduleItem } from './schedule-item.tsx'
import { SettingItems } from './setting-items.tsx'
import { givenOf, settingsOf } from './setting-schema.ts'
import { reachOf, type SourceValues } from './source-values.ts'

interface SourceFormProps {
  readonly kinds: readonly SourceKindView[]
  readonly source?: Source
  readonly initial: Partial<SourceValues>
  readonly busy: boolean
  readonly error: Error | null
  readonly cancelTo: string
  readonly onSave: (values: SourceValues) => void
}

/** All of a source in the order in which people think of it: what it is, how it is reached, what is read, how often, and where it goes. */
export function SourceForm({ kinds, source, initial, busy, error, cancelTo, onSave }: SourceFormProps) {
  const { t, language } = useT()
  const [form] = Form.useForm<SourceValues>()
  const kind = Form.useWatch('kind', form) ?? initial.kind
  const chosen = kinds.find((one) => one.kind === kind)
  const settings = useMemo(() => settingsOf(chosen?.settings, language), [chosen, language])
  const secrets = useMemo(() => settingsOf(chosen?.secrets, language), [chosen, language])
  const test = useAction(operations.testSource)
  const word = language === 'en' ? 'en' : 'zh'

  const choose = (next: string): void => {
    test.reset()
    form.setFieldsValue({ settings: givenOf(settingsOf(kinds.find((one) => one.kind === next)?.settings, language)), secrets: {}, by: 'object', mode: 'full' })
    form.resetFields(['object', 'query', 'markColumn', 'keyColumns'])
  }
  const reach = async (): Promise<void> => {
    try {
      await form.validateFields([...settings.map(({ name }) => ['settings', name]), ...secrets.map(({ name }) => ['secrets', name])])
      test.mutate({ body: reachOf(form.getFieldsValue(true), source) })
    } catch {
      // The fields say themselves what is missing.
    }
  }
  return (
    <Form<SourceValues> form={form} layout="vertical" initialValues={initial} onFinish={() => onSave(form.getFieldsValue(true))} scrollToFirstError>
      <Panel title={t('sources.part.what')}>
        <Form.Item name="name" label={t('sources.name')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}><Input maxLength={120} /></Form.Item>
        <Form.Item name="kind" label={t('sources.kind')} extra={chosen?.about[word]}>
          <Select disabled={source !== undefined} options={kinds.map((one) => ({ value: one.kind, label: one.title[word] }))} onChange={choose} />
        </Form.Item>
      </Panel>
      <Panel title={t('sources.part.reach')}>
        <SettingItems group="settings" settings={settings} />
        {secrets.length > 0 && <SettingItems group="secrets" settings={secrets} keptHint={source && source.secrets.length > 0 ? t('sources.keptHint') : undefined} />}
        <div className="dt-source-actions">
          <Button loading={test.isPending} onClick={() => void reach()}>{t('sources.test')}</Button>
          {test.data && <Alert type="success" showIcon title={t('sources.reached', { count: test.data.items.length })} />}
        </div>
        {test.error && <ErrorState error={test.error} />}
      </Panel>
      {chosen && <Panel title={t('sources.part.read')}><ReadItems can={chosen.can} objects={test.data?.items} source={source} /></Panel>}
      <Panel title={t('sources.part.when')}>
        <ScheduleItem />
        <Form.Item name="drift" label={t('sources.drift')} extra={t('sources.driftHint')}>
          <Radio.Group options={DRIFT_POLICIES.map((value) => ({ value, label: t(`sources.drifts.${value}`) }))} />
        </Form.Item>
      </Panel>
      {!source && <Panel title={t('sources.part.where')}><EntryItem /></Panel>}
      {error && <ErrorState error={error} />}
      <div className="dt-source-actions">
        <Button type="primary" htmlType="submit" loading={busy}>{t('common.save')}</Button>
        <LinkButton to={cancelTo}>{t('common.cancel')}</LinkButton>
      </div>
    </Form>
  )
}
