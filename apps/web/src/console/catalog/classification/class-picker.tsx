import { operations, type ClassificationNode } from '@datong/contracts'
import { TreeSelect } from 'antd'
import { useApi } from '../../../shared/api/hooks.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { branchesOf, type ClassBranch } from './class-tree.ts'

interface ClassPickerProps {
  /** Another department's own class is not offered. */
  readonly organisation: string
  readonly disabled?: boolean
  readonly value?: string
  readonly onChange?: (code: string) => void
}

/** Chooses an open class that a code can be made of: a 目 or what is below. */
export function ClassPicker({ organisation, disabled = false, value, onChange }: ClassPickerProps) {
  const { t } = useT()
  const classes = useApi(operations.listClassification)
  const nodes = classes.data?.items ?? []
  const nameOf = (node: ClassificationNode): string => (t.language === 'en' && node.nameEn ? node.nameEn : node.name)
  const offered = nodes.filter((node) => node.code === value || (node.valid && (node.organisation === null || node.organisation === organisation)))
  const choiceOf = (node: ClassBranch): object => ({ value: node.code, title: `${node.code} ${nameOf(node)}`, selectable: node.level >= 3, children: node.children.map(choiceOf) })
  return (
    <TreeSelect
      id="classification" disabled={disabled} showSearch={{ treeNodeFilterProp: 'title' }} aria-label={t('entry.classification')} loading={classes.isPending}
      treeData={branchesOf(offered).map(choiceOf)} {...(value === undefined ? {} : { value, treeDefaultExpandedKeys: [value] })} onChange={(code: string) => onChange?.(code)}
    />
  )
}
