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
