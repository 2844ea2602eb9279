import { operations, type ClassificationNode } from '@datong/contracts'
import { App, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { useAction } from '../../../shared/api/hooks.ts'
import { useSession } from '../../../shared/api/session.tsx'
import { useT } from '../../../shared/i18n/use-t.ts'
import { ActionDialog } from '../../../shared/ui/action-dialog.tsx'
import { Chip } from '../../../shared/ui/chips.tsx'
import { Panel } from '../../../shared/ui/page-header.tsx'
import { pathOf } from './class-tree.ts'

interface ClassDetailProps {
  readonly node: ClassificationNode
  readonly nodes: readonly ClassificationNode[]
}

const LEVELS = ['1', '2', '3', '4', '5', '6'] as const

/** One class: its place, its code, its entries, and what the steward may do with it. */
export function ClassDetail({ node, nodes }: ClassDetailProps) {
  const { t } = useT()
  const { can } = useSession()
  const { message } = App.useApp()
  const [deed, setDeed] = useState<'add' | 'rename' | 'close' | null>(null)
  const add = useAction(operations.addClassification)
  const change = useAction(operations.changeClassification)
  const nameOf = (one: ClassificationNode): string => (t.language === 'en' && one.nameEn ? one.nameEn : one.name)
  const name = nameOf(node)
  const level = LEVELS[node.level - 1] ?? '6'
  const tell = (text: string): void => void message.success(text)
  return (
    <Panel title={name}>
      <div className="dt-class-detail">
        <p className="dt-secondary">{pathOf(nodes, node.code, nameOf).join(' › ')}</p>
        <p className="dt-chips">
          <Chip tone="plain">{t(`entry.class.level.${level}`)}</Chip> <span className="dt-mono">{node.code}</span>
          {!node.valid && <Chip tone="gamboge">{t('entry.class.closed')}</Chip>}
          {node.organisation && <span className="dt-secondary">{t('entry.class.own')}</span>}
        </p>
        <p>
          {t('entry.class.entries', { count: node.entries })}
          {node.entries > 0 && <> · <Link to={`/console/catalog?classification=${node.code}`}>{t('entry.class.seeEntries')}</Link></>}
        </p>
        {can(operations.addClassification) && (
          <div className="dt-chips">
            {node.valid && node.level < 6 && <Button onClick={() => setDeed('add')}>{t('entry.class.add')}</Button>}
            {node.organisation === null && <Button onClick={() => setDeed('rename')}>{t('entry.class.rename')}</Button>}
            <Button
              loading={change.isPending}
              onClick={() => node.valid ? setDeed('close') : change.mutate({ params: { code: node.code }, body: { valid: true } })}
            >
              {t(node.valid ? 'entry.class.close' : 'entry.class.open')}
            </Button>
          </div>
        )}
      </div>
      {deed === 'add' && (
        <ActionDialog<{ name: string; nameEn?: string; code?: string }>
          open title={t('entry.class.addTitle', { name })} submit={t('entry.class.add')} onClose={() => setDeed(null)}
          onSubmit={async (values) => {
            const made = await add.mutateAsync({ body: { parent: node.code, name: values.name.trim(), nameEn: values.nameEn?.trim() ?? '', ...(values.code?.trim() ? { code: values.code.trim() } : {}) } })
            tell(t('entry.class.added', { code: made.code }))
          }}
        >
          <Form.Item name="name" label={t('entry.class.name')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}><Input maxLength={80} autoFocus /></Form.Item>
          <Form.Item name="nameEn" label={t('entry.class.nameEn')}><Input maxLength={120} lang="en" /></Form.Item>
          <Form.Item name="code" label={t('entry.class.code')} extra={t('entry.class.codeHint')}><Input maxLength={12} inputMode="numeric" placeholder={`${node.code}…`} /></Form.Item>
        </ActionDialog>
      )}
      {deed === 'rename' && (
        <ActionDialog<{ name: string; nameEn: string }>
          open title={t('entry.class.renameTitle', { name })} submit={t('entry.class.rename')} initial={{ name: node.name, nameEn: node.nameEn }} onClose={() => setDeed(null)}
          onSubmit={async (values) => {
            await change.mutateAsync({ params: { code: node.code }, body: { name: values.name.trim(), nameEn: (values.nameEn ?? '').trim() } })
            tell(t('entry.class.changed'))
          }}
        >
          <Form.Item name="name" label={t('entry.class.name')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}><Input maxLength={80} autoFocus /></Form.Item>
          <Form.Item name="nameEn" label={t('entry.class.nameEn')}><Input maxLength={120} lang="en" /></Form.Item>
        </ActionDialog>
      )}
      {deed === 'close' && (
        <ActionDialog<object>
          open danger title={t('entry.class.closeTitle', { name })} intro={t('entry.class.closeIntro')} submit={t('entry.class.close')} onClose={() => setDeed(null)}
          onSubmit={async () => {
            await change.mutateAsync({ params: { code: node.code }, body: { valid: false } })
            tell(t('entry.class.changed'))
          }}
        />
      )}
    </Panel>
  )
}
