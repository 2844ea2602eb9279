import { DOWNLOAD_FORMATS, operations, type FileLink } from '@datong/contracts'
import { PlusOutlined } from '@ant-design/icons'
import { Button, Form, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { useT } from '../../../shared/i18n/use-t.ts'
import { ActionDialog } from '../../../shared/ui/action-dialog.tsx'
import { Panel } from '../../../shared/ui/page-header.tsx'
import { Empty, Loaded } from '../../../shared/ui/states.tsx'
import { useDeliveryAccess } from '../access/delivery-access.tsx'
import { useDoing, useReading } from '../access/use-delivery.ts'
import { LinkRow } from './link-row.tsx'

/** Minutes that a link may hold. */
const LIFETIMES = [15, 60, 240, 1440] as const

/** One-time links to files: make, watch being prepared, copy, end. */
export function FilesPage() {
  const { t } = useT()
  const { code } = useDeliveryAccess()
  const [making, setMaking] = useState(false)
  const [urls, setUrls] = useState<ReadonlyMap<string, string>>(new Map())
  const links = useReading(operations.listLinks, { params: { code } }, { refetchMs: (last) => (last?.items.some((link) => link.state === 'preparing') ? 1000 : 15_000) })
  const make = useDoing(operations.makeLink)
  return (
    <Panel title={t('workbench.files.title')} extra={<Button type="primary" icon={<PlusOutlined />} onClick={() => setMaking(true)}>{t('workbench.files.make')}</Button>} flush>
      <p className="dt-secondary dt-work-intro">{t('workbench.files.hint')}</p>
      <Loaded of={links}>
        {({ items }) => items.length === 0
          ? <Empty title={t('workbench.files.none')} hint={t('workbench.files.noneHint')} />
          : <ul className="dt-work-list">{items.map((link) => <LinkRow key={link.id} link={link} url={urls.get(link.id)} />)}</ul>}
      </Loaded>
      <ActionDialog<{ format: FileLink['format']; expiresInMinutes: number; downloads: number }>
        open={making} title={t('workbench.files.make')} intro={t('workbench.files.makeIntro')} submit={t('workbench.files.make')} initial={{ format: 'csv', expiresInMinutes: 60, downloads: 1 }} onClose={() => setMaking(false)}
        onSubmit={async (body) => {
          const made = await make.mutateAsync({ params: { code }, body })
          setUrls((before) => new Map(before).set(made.id, location.origin + made.url))
        }}
      >
        <Form.Item name="format" label={t('workbench.files.format')}><Select options={DOWNLOAD_FORMATS.map((value) => ({ value, label: t(`workbench.files.format.${value}`) }))} /></Form.Item>
        <Form.Item name="expiresInMinutes" label={t('workbench.files.lifetime')}><Select options={LIFETIMES.map((value) => ({ value, label: t(`workbench.files.lifetime.${value}`) }))} /></Form.Item>
        <Form.Item name="downloads" label={t('workbench.files.downloads')} rules={[{ required: true, message: t('common.required') }]}><InputNumber min={1} max={5} precision={0} /></Form.Item>
      </ActionDialog>
    </Panel>
  )
}
