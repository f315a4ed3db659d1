/** Where the sandbox's executable is. Throws where there is none for this machine. */
export const program: string
