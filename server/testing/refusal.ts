import { AppError } from '../../shared/errors.ts';

/** The error that a call is refused with; anything else that happens fails the test. */
export async function refusal(work: Promise<unknown>): Promise<AppError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

/** What a person could be refused with is no fault of what is tried; anything else is. */
export async function allowed<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof AppError && error.code !== 'unexpected') return null;
    throw error;
  }
}
