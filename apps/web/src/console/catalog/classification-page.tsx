import { operations, type ClassificationNode } from '@datong/contracts'
import { Tree, type TreeDataNode } from 'antd'
import { useState } from 'react'
import { useApi } from '../../shared/api/hooks.ts'
import { useFormat } from '../../shared/i18n/use-format.ts'
import { useT } from '../../shared/i18n/use-t.ts'
import { Chip } from '../../shared/ui/chips.tsx'
import { Panel } from '../../shared/ui/page-header.tsx'
import { SearchBox } from '../../shared/ui/search-box.tsx'
import { Empty, Loaded } from '../../shared/ui/states.tsx'
import { oneOf, useFilters } from '../../shared/ui/use-filters.ts'
import { ClassDetail } from './classification/class-detail.tsx'
import { branchesOf, type ClassBranch } from './classification/class-tree.ts'
import './classification/classification.css'

/** The classification 类—项—目—细目 as a tree with counts; the steward keeps it. */
export function ClassificationPage() {
  const { t } = useT()
  const format = useFormat()
  const { values, set } = useFilters(['q', 'class'])
  const classes = useApi(operations.listClassification)
  const [opened, setOpened] = useState<readonly string[] | null>(null)
  const nodes = classes.data?.items ?? []
  const chosen = oneOf(nodes.map(({ code }) => code), values.class)
  const nameOf = (node: ClassificationNode): string => (t.language === 'en' && node.nameEn ? node.nameEn : node.name)
  const branches = branchesOf(nodes, values.q ?? '')
  const nodeOf = (node: ClassBranch): TreeDataNode => ({
    key: node.code,
    title: (
      <span className="dt-class-node">
        <span className="dt-mono dt-secondary">{node.code}</span> {nameOf(node)} {!node.valid && <Chip tone="plain">{t('entry.class.closed')}</Chip>}
        {node.entries > 0 && <span className="dt-class-count">{format.number(node.entries)}</span>}
      </span>
    ),
    children: node.children.map(nodeOf),
  })
  // What is looked for is open; otherwise the first level, and the way to the chosen class.
  const wanted = values.q ? nodes.map(({ code }) => code) : nodes.filter(({ code, level }) => level === 1 || (chosen?.startsWith(code) ?? false)).map(({ code }) => code)
  const node = nodes.find(({ code }) => code === chosen)
  return (
    <div className="dt-classes">
      <Panel title={t('entry.class.title')}>
        <SearchBox value={values.q} placeholder={t('entry.class.search')} onSearch={(q) => set('q', q)} />
        <Loaded of={classes} rows={8}>
          {() => branches.length === 0 ? <Empty title={t('entry.class.none')} /> : (
            <Tree
              blockNode treeData={branches.map(nodeOf)} expandedKeys={values.q ? [...wanted] : [...(opened ?? wanted)]} onExpand={(keys) => setOpened(keys.map(String))}
              selectedKeys={chosen ? [chosen] : []} onSelect={(keys) => set('class', keys.length > 0 ? String(keys[0]) : undefined)}
            />
          )}
        </Loaded>
      </Panel>
      {node ? <ClassDetail key={node.code} node={node} nodes={nodes} /> : <Panel><Empty title={t('entry.class.choose')} /></Panel>}
    </div>
  )
}
