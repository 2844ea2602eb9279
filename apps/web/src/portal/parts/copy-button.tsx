import { CheckOutlined, CopyOutlined } from '@ant-design/icons'
import { Button, type ButtonProps } from 'antd'
import { useEffect, useState } from 'react'
import { useT } from '../../shared/i18n/use-t.ts'
import { copyText } from './copy-text.ts'

interface CopyButtonProps extends Pick<ButtonProps, 'size' | 'type'> {
  readonly text: string
  readonly label: string
}

/** Copies a text and says so on itself for a moment. */
export function CopyButton({ text, label, size = 'middle', type = 'default' }: CopyButtonProps) {
  const { t } = useT()
  const [state, setState] = useState<'idle' | 'done' | 'refused'>('idle')
  useEffect(() => {
    if (state === 'idle') return undefined
    const timer = setTimeout(() => setState('idle'), 2400)
    return () => clearTimeout(timer)
  }, [state])
  return (
    <>
      <Button size={size} type={type} icon={state === 'done' ? <CheckOutlined /> : <CopyOutlined />} onClick={() => void copyText(text).then((done) => setState(done ? 'done' : 'refused'))}>
        {state === 'done' ? t('common.copied') : state === 'refused' ? t('portal.copyRefused') : label}
      </Button>
      <span className="dt-visually-hidden" role="status">{state === 'done' ? t('common.copied') : ''}</span>
    </>
  )
}
