/** Bounds and addresses of uploads that a device needs; apart from the schemas, so that a phone need not load those. */
export const maxPhotoBytes = 25 * 1024 * 1024;
export const maxVoiceBytes = 10 * 1024 * 1024;
export const maxVoiceSeconds = 180;
export const maxMediaPerSubject = 12;

export const uploadPath = '/uploads';
/** Where an upload is gone on with; it follows from the id, so that a device that forgot all but the id finds it. */
export const uploadAddress = (cityId: string, id: string): string =>
  `${uploadPath}/${cityId}.${id}`;
