import { DownloadOutlined, UploadOutlined } from '@ant-design/icons'
import { operations, ProblemError, urlOf, type LakeObject, type Problem } from '@datong/contracts'
import { GRADES, type Grade } from '@datong/kernel'
import { useQueryClient } from '@tanstack/react-query'
import { Button, Form, Input, Select, Upload } from 'antd'
import { useState } from 'react'
import { sessionHeaders } from '../../../shared/api/client.ts'
import { useAction, useApi } from '../../../shared/api/hooks.ts'
import { useDownload } from '../../../shared/api/use-download.ts'
import { useFormat } from '../../../shared/i18n/use-format.ts'
import { useT } from '../../../shared/i18n/use-t.ts'
import { ActionDialog } from '../../../shared/ui/action-dialog.tsx'
import { Chip, GradeChip } from '../../../shared/ui/chips.tsx'
import { ListTable } from '../../../shared/ui/list-table.tsx'
import { Panel } from '../../../shared/ui/page-header.tsx'
import { Empty, Loaded } from '../../../shared/ui/states.tsx'

interface Sending {
  readonly file?: { readonly fileList: readonly { readonly originFileObj?: File }[] }
  readonly title?: string
  readonly grade: Grade
}

/** Documents and images beside the rows of an entry. */
export function ObjectsPanel({ code, owner }: { readonly code: string; readonly owner: boolean }) {
  const { t } = useT()
  const [sending, setSending] = useState(false)
  const [removing, setRemoving] = useState<LakeObject | null>(null)
  const objects = useApi(operations.listObjects, { params: { code } })
  const remove = useAction(operations.removeObject)
  const upload = owner && <Button icon={<UploadOutlined />} onClick={() => setSending(true)}>{t('lake.objects.upload')}</Button>
  return (
    <Panel title={t('lake.objects.title')} extra={upload}>
      <p className="dt-secondary dt-lead">{t('lake.objects.intro')}</p>
      <Loaded of={objects} rows={2}>
        {({ items }) => items.length === 0 ? <Empty title={t('lake.objects.none')} hint={owner ? t('lake.objects.noneHint') : undefined} /> : <Objects items={items} owner={owner} onRemove={setRemoving} />}
      </Loaded>
      {sending && <SendDialog code={code} onClose={() => setSending(false)} />}
      {removing && (
        <ActionDialog<{ reason: string }>
          open danger title={removing.title} intro={t('lake.objects.removeIntro')} submit={t('lake.objects.remove')} onClose={() => setRemoving(null)}
          onSubmit={({ reason }) => remove.mutateAsync({ params: { code, id: removing.id }, body: { reason: reason.trim() } })}
        >
          <Form.Item name="reason" label={t('common.reason')} rules={[{ required: true, whitespace: true, message: t('common.required') }]}><Input.TextArea rows={2} maxLength={500} autoFocus /></Form.Item>
        </ActionDialog>
      )}
    </Panel>
  )
}

function Objects({ items, owner, onRemove }: { readonly items: readonly LakeObject[]; readonly owner: boolean; readonly onRemove: (object: LakeObject) => void }) {
  const { t } = useT()
  const format = useFormat()
  const download = useDownload()
  return (
    <ListTable<LakeObject>
      rows={items} rowKey={({ id }) => id} label={t('lake.objects.title')}
      columns={[
        { key: 'title', title: t('lake.objects.name'), render: (one) => <div className="dt-cell-title">{one.title}<div className="dt-secondary dt-cell-sub">{one.fileName}</div></div> },
        { key: 'kind', title: t('lake.objects.kind'), render: (one) => <Chip tone="plain">{one.kind.toUpperCase()}</Chip> },
        { key: 'grade', title: t('lake.objects.grade'), render: (one) => <GradeChip grade={one.grade} /> },
        { key: 'words', title: t('lake.objects.words'), render: (one) => <span title={one.excerpt}>{[one.pages === null ? '' : t('lake.objects.pages', { count: one.pages }), one.characters === 0 ? '' : t('lake.objects.characters', { count: one.characters }), one.properties['width'] === undefined ? '' : `${one.properties['width']} × ${one.properties['height'] ?? ''}`].filter((part) => part !== '').join(' · ') || '–'}</span> },
        { key: 'size', title: t('lake.objects.size'), render: (one) => format.bytes(one.bytes) },
        {
          key: 'deeds', title: '', render: (one) => (
            <span className="dt-chips">
              <Button size="small" icon={<DownloadOutlined />} aria-label={`${t('common.download')} ${one.title}`} loading={download.busy} onClick={() => download.start(urlOf(operations.readObject, { code: one.entryCode, id: one.id }), one.mediaType, one.fileName)} />
              {owner && <Button size="small" danger onClick={() => onRemove(one)}>{t('lake.objects.remove')}</Button>}
            </span>
          ),
        },
      ]}
    />
  )
}

function SendDialog({ code, onClose }: { readonly code: string; readonly onClose: () => void }) {
  const { t } = useT()
  const queries = useQueryClient()
  const send = async ({ file, title, grade }: Sending): Promise<void> => {
    const content = file?.fileList[0]?.originFileObj
    if (content === undefined) return
    // The server reads a stream: what it has to know stands before the file.
    const form = new FormData()
    form.append('entryCode', code)
    form.append('grade', grade)
    if (title?.trim()) form.append('title', title.trim())
    form.append('file', content)
    const answer = await fetch(operations.uploadObject.path, { method: 'POST', headers: sessionHeaders(), body: form })
    if (!answer.ok) throw new ProblemError((await answer.json()) as Problem) // the server's refusals are problems
    void queries.invalidateQueries()
  }
  return (
    <ActionDialog<Sending> open title={t('lake.objects.upload')} intro={t('lake.objects.intro')} submit={t('lake.objects.upload')} initial={{ grade: 'internal' }} onClose={onClose} onSubmit={send}>
      <Form.Item name="file" label={t('lake.objects.file')} rules={[{ required: true, message: t('lake.objects.required') }]}>
        <Upload maxCount={1} beforeUpload={() => false}><Button icon={<UploadOutlined />}>{t('lake.objects.choose')}</Button></Upload>
      </Form.Item>
      <Form.Item name="title" label={t('lake.objects.name')} extra={t('lake.objects.nameHint')}><Input maxLength={200} /></Form.Item>
      <Form.Item name="grade" label={t('lake.objects.grade')}><Select options={GRADES.map((value) => ({ value, label: t(`common.grade.${value}`) }))} /></Form.Item>
    </ActionDialog>
  )
}
