import { operations, type ResponseOf } from '@datong/contracts'
import { Tabs } from 'antd'
import { useT } from '../../../shared/i18n/use-t.ts'
import { Panel } from '../../../shared/ui/page-header.tsx'
import { Loaded } from '../../../shared/ui/states.tsx'
import { useDeliveryAccess } from '../access/delivery-access.tsx'
import { useReading } from '../access/use-delivery.ts'
import { CodeBox } from './code-box.tsx'

const NAMES = { curl: 'curl', javascript: 'JavaScript', python: 'Python', java: 'Java' } as const

type Purpose = ResponseOf<typeof operations.resourceSamples>['items'][number]['purpose']

/** The call as the server writes it for this caller, in four languages, and its description for tools. */
export function Samples({ purpose }: { readonly purpose: Purpose }) {
  const { t } = useT()
  const { code } = useDeliveryAccess()
  const samples = useReading(operations.resourceSamples, { params: { code } })
  return (
    <Panel title={t('workbench.samples')} extra={<a href={`/data/v1/${code}/openapi.json`} target="_blank" rel="noreferrer">{t('workbench.openApi')}</a>}>
      <p className="dt-secondary">{t('workbench.samplesHint')}</p>
      <Loaded of={samples}>
        {({ items }) => (
          <Tabs
            size="small"
            items={items.filter((sample) => sample.purpose === purpose).map(({ language, code: text }) => ({ key: language, label: NAMES[language], children: <CodeBox text={text} label={NAMES[language]} /> }))}
          />
        )}
      </Loaded>
    </Panel>
  )
}
