//! The policy as one table: role, action, reach.

use domain::accounts::Role;

/// Something that people do; a small, closed set.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Action {
    /// Search and list students.
    FindStudents,
    /// Open a student's page.
    ReadStudent,
    /// See the whole identity number.
    RevealIdentity,
    /// Take a list out as a file.
    ExportStudents,
    /// Change e-mail, phone, address.
    ChangeContact,
    /// Correct name, identity number, birth data.
    ChangeIdentity,
    /// Write a status entry with its ground.
    ChangeStatus,
    /// Undo a ledger entry by a reversing one.
    ReverseEntry,
    /// Write or withdraw a remark.
    WriteNote,
    /// Record papers handed in, and scans of them.
    KeepPapers,
    /// Replace the photo.
    ChangePhoto,
    /// Issue papers, one or a list.
    IssueDocument,
    /// See papers issued.
    ReadDocument,
    /// Cancel an issued paper.
    CancelDocument,
    /// Read units, programmes, curricula, terms, appointments.
    ReadInstitution,
    /// Change dated names, codes and appointments.
    ChangeInstitution,
    /// Load records of an earlier system.
    ImportRecords,
    /// See and manage accounts and roles.
    ManageAccounts,
    /// Issue an activation or reset link for a student at the counter.
    IssueStudentLink,
    /// Read the audit log.
    ReadAudit,
    /// See who looked at the own record.
    ReadOwnAudit,
    /// See placed candidates and the figures of registration.
    ReadCandidates,
    /// Load placement lists.
    ImportPlacement,
    /// Tick papers, register candidates, take renunciations.
    RegisterCandidates,
    /// Undo a registration of the day.
    UndoRegistration,
    /// Enter, change and withdraw dated windows.
    ChangeWindows,
    /// Plan orientation, invite, take attendance.
    ManageOrientation,
    /// Propose one's own photo, answer invitations, acknowledge what has to be read.
    KeepOwnRecord,
}

impl Action {
    /// Every action.
    pub const ALL: &'static [Self] = &[
        Self::FindStudents,
        Self::ReadStudent,
        Self::RevealIdentity,
        Self::ExportStudents,
        Self::ChangeContact,
        Self::ChangeIdentity,
        Self::ChangeStatus,
        Self::ReverseEntry,
        Self::WriteNote,
        Self::KeepPapers,
        Self::ChangePhoto,
        Self::IssueDocument,
        Self::ReadDocument,
        Self::CancelDocument,
        Self::ReadInstitution,
        Self::ChangeInstitution,
        Self::ImportRecords,
        Self::ManageAccounts,
        Self::IssueStudentLink,
        Self::ReadAudit,
        Self::ReadOwnAudit,
        Self::ReadCandidates,
        Self::ImportPlacement,
        Self::RegisterCandidates,
        Self::UndoRegistration,
        Self::ChangeWindows,
        Self::ManageOrientation,
        Self::KeepOwnRecord,
    ];

    /// The word in the matrix, in the audit log and in problem details.
    pub const fn code(self) -> &'static str {
        match self {
            Self::FindStudents => "find_students",
            Self::ReadStudent => "read_student",
            Self::RevealIdentity => "reveal_identity",
            Self::ExportStudents => "export_students",
            Self::ChangeContact => "change_contact",
            Self::ChangeIdentity => "change_identity",
            Self::ChangeStatus => "change_status",
            Self::ReverseEntry => "reverse_entry",
            Self::WriteNote => "write_note",
            Self::KeepPapers => "keep_papers",
            Self::ChangePhoto => "change_photo",
            Self::IssueDocument => "issue_document",
            Self::ReadDocument => "read_document",
            Self::CancelDocument => "cancel_document",
            Self::ReadInstitution => "read_institution",
            Self::ChangeInstitution => "change_institution",
            Self::ImportRecords => "import_records",
            Self::ManageAccounts => "manage_accounts",
            Self::IssueStudentLink => "issue_student_link",
            Self::ReadAudit => "read_audit",
            Self::ReadOwnAudit => "read_own_audit",
            Self::ReadCandidates => "read_candidates",
            Self::ImportPlacement => "import_placement",
            Self::RegisterCandidates => "register_candidates",
            Self::UndoRegistration => "undo_registration",
            Self::ChangeWindows => "change_windows",
            Self::ManageOrientation => "manage_orientation",
            Self::KeepOwnRecord => "keep_own_record",
        }
    }

    /// Whether it changes anything; a read-only token may not.
    pub const fn changes(self) -> bool {
        !matches!(
            self,
            Self::FindStudents
                | Self::ReadStudent
                | Self::RevealIdentity
                | Self::ExportStudents
                | Self::ReadDocument
                | Self::ReadInstitution
                | Self::ReadAudit
                | Self::ReadOwnAudit
                | Self::ReadCandidates
        )
    }

    /// Whether the password must have been typed within the last minutes.
    pub const fn is_sensitive(self) -> bool {
        matches!(
            self,
            Self::ChangeIdentity
                | Self::ChangeStatus
                | Self::ReverseEntry
                | Self::CancelDocument
                | Self::UndoRegistration
                | Self::ManageAccounts
                | Self::ChangeInstitution
        )
    }
}

/// How far a role's right to an action goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reach {
    /// Not at all.
    Nowhere,
    /// On the own record.
    OwnRecord,
    /// On own advisees.
    Advisees,
    /// In the unit of the assignment and below.
    OwnUnit,
    /// In the whole institution.
    Everywhere,
}

/// The table itself.
pub const fn reach_of(role: Role, action: Action) -> Reach {
    use Action as A;
    use Reach::{Advisees, Everywhere, Nowhere, OwnRecord, OwnUnit};
    match role {
        Role::Clerk => match action {
            A::ReverseEntry
            | A::ChangeInstitution
            | A::ImportRecords
            | A::ManageAccounts
            | A::ReadAudit
            | A::ReadOwnAudit
            | A::ChangeWindows
            | A::KeepOwnRecord => Nowhere,
            A::ReadInstitution => Everywhere,
            _ => OwnUnit,
        },
        Role::Chief | Role::UnitSecretary => match action {
            A::ChangeInstitution
            | A::ImportRecords
            | A::ManageAccounts
            | A::ReadAudit
            | A::ReadOwnAudit
            | A::KeepOwnRecord => Nowhere,
            A::ReadInstitution => Everywhere,
            _ => OwnUnit,
        },
        Role::UnitHead => match action {
            A::FindStudents | A::ReadStudent | A::ExportStudents | A::ReadDocument | A::ReadCandidates => {
                OwnUnit
            }
            A::ReadInstitution => Everywhere,
            _ => Nowhere,
        },
        Role::DepartmentHead => match action {
            A::FindStudents | A::ReadStudent | A::ExportStudents | A::ReadCandidates => OwnUnit,
            A::ReadInstitution => Everywhere,
            _ => Nowhere,
        },
        Role::DepartmentSecretary => match action {
            A::FindStudents | A::ReadStudent => OwnUnit,
            A::ReadInstitution => Everywhere,
            _ => Nowhere,
        },
        Role::Advisor => match action {
            A::FindStudents | A::ReadStudent => Advisees,
            A::ReadInstitution => Everywhere,
            _ => Nowhere,
        },
        Role::BoardMember | Role::Instructor => match action {
            A::ReadInstitution => Everywhere,
            _ => Nowhere,
        },
        Role::Student => match action {
            A::ReadStudent | A::RevealIdentity | A::ReadDocument | A::ReadOwnAudit | A::KeepOwnRecord => {
                OwnRecord
            }
            _ => Nowhere,
        },
        Role::Graduate => match action {
            A::ReadStudent | A::RevealIdentity | A::ReadDocument | A::ReadOwnAudit => OwnRecord,
            _ => Nowhere,
        },
        Role::Applicant => Nowhere,
        Role::Registrar => match action {
            A::ManageAccounts | A::ReadAudit | A::ReadOwnAudit | A::KeepOwnRecord => Nowhere,
            _ => Everywhere,
        },
        Role::Auditor => match action {
            A::FindStudents
            | A::ReadStudent
            | A::RevealIdentity
            | A::ReadDocument
            | A::ReadInstitution
            | A::ReadCandidates
            | A::ReadAudit => Everywhere,
            _ => Nowhere,
        },
        Role::Administrator => match action {
            A::ManageAccounts | A::ReadInstitution | A::ChangeInstitution => Everywhere,
            _ => Nowhere,
        },
    }
}
