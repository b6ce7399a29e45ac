import { z } from 'zod';
import { idSchema, instantSchema } from '../wire.ts';

export const mediaKinds = ['photo', 'voice'] as const;
export type MediaKind = (typeof mediaKinds)[number];
export const mediaSubjects = ['sighting', 'encounter', 'visit'] as const;
export type MediaSubject = (typeof mediaSubjects)[number];

/** What a screen may know of a photo or a voice note; the bytes come by an address that expires. */
export interface MediaView {
  id: string;
  kind: MediaKind;
  subjectKind: MediaSubject;
  subjectId: string;
  contentType: string;
  bytes: number;
  width: number | null;
  height: number | null;
  durationSeconds: number | null;
  takenAt: string;
  receivedAt: string;
  removed: boolean;
}

/** Travels as the metadata of a resumable upload (tus); ids are made on the device. */
export const uploadMetadataSchema = z.object({
  id: z.uuidv7(),
  cityId: z.string().max(40),
  kind: z.enum(mediaKinds),
  subjectKind: z.enum(mediaSubjects),
  subjectId: idSchema,
  takenAt: instantSchema,
  durationSeconds: z.coerce.number().min(0).max(600).optional(),
});
export type UploadMetadata = z.infer<typeof uploadMetadataSchema>;

export {
  maxMediaPerSubject,
  maxPhotoBytes,
  maxVoiceBytes,
  maxVoiceSeconds,
  uploadAddress,
  uploadPath,
} from './limits.ts';

export const listMediaSchema = z.object({
  subjectKind: z.enum(mediaSubjects),
  subjectIds: z.array(idSchema).min(1).max(100),
});
export const mediaVariants = ['thumbnail', 'full'] as const;
export type MediaVariant = (typeof mediaVariants)[number];
export const mediaAddressSchema = z.object({ id: idSchema, variant: z.enum(mediaVariants) });
export interface MediaAddress {
  /** of our own server; good until `expiresAt` and for whoever it was made for */
  url: string;
  expiresAt: string;
}
