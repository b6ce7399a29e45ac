import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { WireError } from '../../shared/errors.ts';
import { api } from '../kernel/api.ts';
import { renderWithin } from '../testing/render-app.tsx';
import { UserCreateForm } from './user-create-form.tsx';
import { CallError } from '../kernel/call-error.ts';

vi.mock('../kernel/api.ts', () => ({ api: { accounts: { createUser: { mutate: vi.fn() } } } }));

const create = vi.mocked(api.accounts.createUser.mutate);
const refusal = (app: WireError) => new CallError(app.code, { app });

const field = (label: RegExp) => screen.getByLabelText<HTMLInputElement>(label);
const type = (label: RegExp, value: string) =>
  fireEvent.change(field(label), { target: { value } });
const submit = () => fireEvent.click(screen.getByText('Create user'));
function fillIn(): void {
  type(/^Name/, 'Old Wang');
  type(/^User name/, 'wang');
  type(/^Kind of reporter/, 'sanitation');
  type(/^First password/, 'a long winter night');
}

afterEach(() => {
  cleanup();
  vi.resetAllMocks();
});

describe('the form for a new user', () => {
  it('keeps what was typed when the user name is taken, and says so at that field', async () => {
    create.mockRejectedValue(refusal({ code: 'username_taken', field: 'username' }));
    renderWithin(<UserCreateForm onCreated={() => undefined} />);
    fillIn();
    submit();
    expect((await screen.findAllByText(/This user name is taken/)).length).toBeGreaterThan(0);
    const username = field(/^User name/);
    expect(username.getAttribute('aria-invalid')).toBe('true');
    expect(field(/^Name/).getAttribute('aria-invalid')).not.toBe('true');
    expect(username.value).toBe('wang');
    expect(field(/^Name/).value).toBe('Old Wang');
    expect(field(/^Kind of reporter/).value).toBe('sanitation');
    expect(field(/^First password/).value).toBe('a long winter night');
    type(/^User name/, 'wang2');
    expect(field(/^User name/).getAttribute('aria-invalid')).not.toBe('true');
  });

  it('says at each field what is missing, without asking the server', () => {
    renderWithin(<UserCreateForm onCreated={() => undefined} />);
    type(/^User name/, '王');
    type(/^First password/, 'short');
    submit();
    for (const label of [/^Name/, /^User name/, /^Kind of reporter/, /^First password/])
      expect(field(label).getAttribute('aria-invalid'), String(label)).toBe('true');
    expect(screen.getByText('The password needs 10 to 200 characters.')).toBeTruthy();
    expect(screen.getByText('This cannot be a user name: see the rule above.')).toBeTruthy();
    expect(create).not.toHaveBeenCalled();
  });

  it('sends only what belongs to the role, and shows once what has to be handed over', async () => {
    create.mockImplementation(
      ({ password: _kept, ...draft }) =>
        Promise.resolve({ ...draft, id: 'u9', disabled: false }) as never,
    );
    const created = vi.fn();
    renderWithin(<UserCreateForm onCreated={created} />, { language: 'zh-CN' });
    type(/^姓名/, '站里的小李');
    type(/^用户名/, ' Li.Na ');
    type(/^上报人类别/, 'courier');
    fireEvent.click(screen.getByRole('radio', { name: /站长/ }));
    fireEvent.click(screen.getByText('生成一个'));
    const password = field(/^初始密码/).value;
    expect(password).toMatch(/^[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}$/);
    fireEvent.click(screen.getByText('建立用户'));
    expect(await screen.findByText('用户已建立')).toBeTruthy();
    expect(create.mock.calls[0]?.[0]).toEqual({
      username: 'li.na',
      displayName: '站里的小李',
      role: 'station_manager',
      reporterKind: null,
      teamId: null,
      stationId: null,
      password,
    });
    expect(screen.getByText(password)).toBeTruthy();
    expect(created).toHaveBeenCalledOnce();
    fireEvent.click(screen.getByText('再建一个'));
    expect(field(/^用户名/).value).toBe('');
    expect(screen.queryByText(password)).toBeNull();
  });
});
