export const LARGEST = 3999;
