import { InboxOutlined } from '@ant-design/icons'
import { operations, type Load } from '@datong/contracts'
import { Badge, Button, Popover } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { useApi } from '../api/hooks.ts'
import { useSession } from '../api/session.tsx'
import { useT } from '../i18n/use-t.ts'
import { palette } from '../theme.ts'
import { LoadProgress } from './load-progress.tsx'
import './task-tray.css'

const running = (load: Load): boolean => load.state !== 'done' && load.state !== 'failed'

/**
 * Loads under way and lately ended. It asks the server, so a reload of the page or another tab shows the same;
 * it asks often only while something runs.
 */
export function TaskTray() {
  const { t } = useT()
  const { can } = useSession()
  const [open, setOpen] = useState(false)
  const loads = useApi(operations.listLoads, { query: { limit: 8 } }, {
    enabled: can(operations.listLoads),
    refetchMs: (last) => (last?.items.some(running) ? 1500 : 30_000),
  })
  if (!can(operations.listLoads)) return null
  const items = loads.data?.items ?? []
  const active = items.filter(running).length
  const list = (
    <div className="dt-tray">
      <div className="dt-tray-head">
        <strong>{t('common.trayTitle')}</strong>
        <Link to="/console/collection" onClick={() => setOpen(false)}>{t('common.trayAll')}</Link>
      </div>
      {items.length === 0 && <p className="dt-secondary">{t('common.trayEmpty')}</p>}
      <ul>
        {items.map((load) => (
          <li key={load.id}>
            <Link to={`/console/collection/loads/${load.id}`} onClick={() => setOpen(false)}>{load.fileName}</Link>
            <LoadProgress load={load} />
          </li>
        ))}
      </ul>
    </div>
  )
  return (
    <Popover trigger="click" placement="bottomRight" content={list} open={open} onOpenChange={setOpen}>
      <Badge count={active} size="small" offset={[-6, 6]} color={palette.primary}>
        <Button type="text" icon={<InboxOutlined />} aria-label={t('common.tray', { count: active })} />
      </Badge>
    </Popover>
  )
}
