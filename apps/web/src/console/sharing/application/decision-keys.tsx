import { DownOutlined, UpOutlined } from '@ant-design/icons'
import { operations, type Application } from '@datong/contracts'
import { Button, Popover, Switch, Tooltip } from 'antd'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useApi } from '../../../shared/api/hooks.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import type { Asked } from '../actions/application-actions.tsx'
import { useDecisionKeys, useKeysOn } from './use-decision-keys.ts'

/** From one application that waits for us to the next, and deciding, by single keys. */
export function DecisionKeys({ application, onAsk }: { readonly application: Application; readonly onAsk: (asked: Asked) => void }) {
  const { t } = useT()
  const navigate = useNavigate()
  const [on, setOn] = useKeysOn()
  const [help, setHelp] = useState(false)
  const waiting = useApi(operations.listApplications, { query: { awaitingUs: true, sort: 'dueAt', limit: 200 } }).data?.items ?? []
  const place = waiting.findIndex(({ id }) => id === application.id)
  const [before, after] = [place > 0 ? waiting[place - 1] : undefined, place === -1 ? waiting[0] : waiting[place + 1]]
  const open = (other: Application | undefined) => other && (() => void navigate(`/console/sharing/applications/${other.id}`))
  const may = (asked: 'approve' | 'refuse') => (application.allowedActions.includes(asked) ? () => onAsk(asked) : undefined)
  useDecisionKeys({ j: open(after), k: open(before), a: may('approve'), r: may('refuse'), '?': () => setHelp(true) }, on)

  const list = (
    <div className="dt-keys">
      <dl>
        {(['j', 'k', 'a', 'r', '?'] as const).map((key) => <div key={key}><dt><kbd>{key}</kbd></dt><dd>{t(`sharing.key.${key === '?' ? 'help' : key}`)}</dd></div>)}
      </dl>
      <label><Switch size="small" checked={on} onChange={setOn} /> {t('sharing.keysOn')}</label>
    </div>
  )
  if (waiting.length === 0) return null
  return (
    <div className="dt-decision-keys">
      <span className="dt-secondary">{place === -1 ? t('sharing.waitingForUs', { count: waiting.length }) : t('sharing.placeInInbox', { place: place + 1, count: waiting.length })}</span>
      <Tooltip title={t('sharing.key.k')}><Button size="small" icon={<UpOutlined />} aria-label={t('sharing.key.k')} disabled={!before} onClick={open(before)} /></Tooltip>
      <Tooltip title={t('sharing.key.j')}><Button size="small" icon={<DownOutlined />} aria-label={t('sharing.key.j')} disabled={!after} onClick={open(after)} /></Tooltip>
      <Popover content={list} title={t('sharing.keys')} trigger="click" open={help} onOpenChange={setHelp} placement="bottomRight"><Button size="small" aria-label={t('sharing.keys')}>?</Button></Popover>
    </div>
  )
}
