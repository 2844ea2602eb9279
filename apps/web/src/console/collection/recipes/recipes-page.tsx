import { PlusOutlined } from '@ant-design/icons'
import { operations, type RecipeLine } from '@datong/contracts'
import { Button, Form } from 'antd'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useSession } from '../../../shared/api/session.tsx'
import { usePages } from '../../../shared/api/use-pages.ts'
import { useFormat, useName } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { ActionDialog } from '../../../shared/ui/action-dialog.tsx'
import { Chip } from '../../../shared/ui/chips.tsx'
import { DataTable } from '../../../shared/ui/data-table.tsx'
import { Panel } from '../../../shared/ui/page-header.tsx'
import { OwnEntrySelect } from '../../lists/own-entry-select.tsx'

/** Entries with recipes, what is in use and what it did last. */
export function RecipesPage() {
  const { t } = useT()
  const format = useFormat()
  const name = useName()
  const navigate = useNavigate()
  const { can, user } = useSession()
  const [choosing, setChoosing] = useState(false)
  const pages = usePages(operations.listRecipes)
  const organisation = user?.organisation?.code ?? null
  const mayAdd = can(operations.saveRecipe) && organisation !== null
  const add = mayAdd && <Button type="primary" icon={<PlusOutlined />} onClick={() => setChoosing(true)}>{t('recipes.new')}</Button>
  return (
    <>
      <p className="dt-secondary dt-lead">{t('recipes.intro')}</p>
      <Panel flush title={t('recipes.lines')} extra={add}>
        <DataTable<RecipeLine>
          pages={pages} rowKey={({ entryCode }) => entryCode} label={t('recipes.lines')} empty={{ title: t('recipes.none'), hint: t('recipes.noneHint') }}
          columns={[
            { key: 'entry', title: t('recipes.column.entry'), render: (one) => <div className="dt-cell-title"><Link to={`/console/collection/recipes/${one.entryCode}`}>{one.entryTitle}</Link><div className="dt-secondary dt-cell-sub dt-mono">{one.entryCode}</div></div> },
            { key: 'organisation', title: t('recipes.column.organisation'), render: (one) => name(one.organisation) },
            { key: 'recipe', title: t('recipes.column.recipe'), render: (one) => one.title },
            { key: 'steps', title: t('recipes.column.steps'), align: 'right', render: (one) => format.number(one.steps) },
            { key: 'active', title: t('recipes.column.active'), render: (one) => (one.active === null ? <Chip tone="plain">{t('recipes.notUsed')}</Chip> : <Chip tone="jade">{t('recipes.version', { number: one.active })}</Chip>) },
            { key: 'changed', title: t('recipes.column.changed'), render: (one) => <span className="dt-nowrap">{format.dateTime(one.changedAt)}</span> },
            {
              key: 'lastRun', title: t('recipes.column.lastRun'),
              render: ({ lastRun }) => (lastRun === null
                ? <span className="dt-secondary">{t('recipes.neverRun')}</span>
                : t('recipes.lastRun', { version: lastRun.version, rowsIn: format.number(lastRun.rowsIn), rowsOut: format.number(lastRun.rowsOut), rowsChanged: format.number(lastRun.rowsChanged) })),
            },
          ]}
        />
      </Panel>
      {choosing && organisation !== null && (
        <ActionDialog<{ code: string }>
          open title={t('recipes.newTitle')} intro={t('recipes.newIntro')} submit={t('recipes.open')} onClose={() => setChoosing(false)}
          onSubmit={async ({ code }) => navigate(`/console/collection/recipes/${code}`)}
        >
          <Form.Item name="code" label={t('recipes.entry')} rules={[{ required: true, message: t('common.required') }]}><OwnEntrySelect organisation={organisation} /></Form.Item>
        </ActionDialog>
      )}
    </>
  )
}
