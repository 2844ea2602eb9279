import { operations } from '@datong/contracts'
import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useT } from '../../../shared/i18n/use-t.ts'
import { Panel } from '../../../shared/ui/page-header.tsx'
import { Empty, Loaded } from '../../../shared/ui/states.tsx'
import { useDeliveryAccess } from '../access/delivery-access.tsx'
import { useReading } from '../access/use-delivery.ts'
import { MakeTarget } from './make-target.tsx'
import { TargetRow } from './target-row.tsx'

/** Tables in the department's own databases that Datong keeps up to date. */
export function PushPage() {
  const { t } = useT()
  const { code } = useDeliveryAccess()
  const [making, setMaking] = useState(false)
  const targets = useReading(operations.listPushTargets, { params: { code } }, { refetchMs: (last) => (last?.items.some((one) => one.state === 'running') ? 1000 : 5000) })
  return (
    <Panel title={t('workbench.push.title')} extra={<Button type="primary" icon={<PlusOutlined />} onClick={() => setMaking(true)}>{t('workbench.push.make')}</Button>} flush>
      <p className="dt-secondary dt-work-intro">{t('workbench.push.hint')}</p>
      <Loaded of={targets}>
        {({ items }) => items.length === 0
          ? <Empty title={t('workbench.push.none')} hint={t('workbench.push.noneHint')} />
          : <ul className="dt-work-list">{items.map((target) => <TargetRow key={target.id} target={target} />)}</ul>}
      </Loaded>
      <MakeTarget open={making} onClose={() => setMaking(false)} />
    </Panel>
  )
}
