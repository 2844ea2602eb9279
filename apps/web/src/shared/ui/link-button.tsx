import { Button, type ButtonProps } from 'antd'
import type { MouseEvent } from 'react'
import { useHref, useLinkClickHandler } from 'react-router'

/** A link that looks like a button: opens in a new tab as links do. */
export function LinkButton({ to, ...rest }: Omit<ButtonProps, 'href' | 'onClick'> & { readonly to: string }) {
  const href = useHref(to)
  const onClick = useLinkClickHandler<HTMLElement>(to)
  // Ant Design types the handler for both elements; with `href` it renders an anchor.
  return <Button {...rest} href={href} onClick={(event) => onClick(event as MouseEvent<HTMLElement>)} />
}
