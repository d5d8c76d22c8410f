//! An enrolment (öğrencilik): one person's studies in one programme, and the states it can be in.
//!
//! Not modelled: the preparatory class as a stage of its own, and future-dated changes; both come
//! with the work that needs them.

vocabulary! {
    /// Where an enrolment stands.
    EnrolmentStatus {
        /// Aktif öğrenci.
        Active => "active",
        /// Kayıt donduran.
        OnLeave => "on_leave",
        /// Uzaklaştırma cezası süren.
        Suspended => "suspended",
        /// Mezun.
        Graduated => "graduated",
        /// Kendi isteğiyle ayrılan.
        Withdrawn => "withdrawn",
        /// İlişiği kesilen.
        Dismissed => "dismissed",
        /// Yatay geçişle ayrılan.
        Transferred => "transferred",
        /// Vefat eden.
        Deceased => "deceased",
        /// Geçici kayıtlı: registered, owes a paper or an answer until a day.
        Provisional => "provisional",
        /// Kaydı silinen: the registration was undone, renounced, or ran out before it became final.
        RegistrationCancelled => "registration_cancelled",
    }
}

impl EnrolmentStatus {
    /// Whether the person still is a student in this enrolment.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Active | Self::OnLeave | Self::Suspended | Self::Provisional)
    }

    /// Whether the register knows a way from this status to `next` without undoing anything.
    ///
    /// Ended studies come back to life only by re-registration (court ruling, amnesty, 2547 m.44/c);
    /// graduation and death are final and are undone by a reversing entry alone.
    pub const fn may_become(self, next: Self) -> bool {
        match self {
            Self::Active => !matches!(next, Self::Active | Self::Provisional),
            Self::Provisional => {
                matches!(next, Self::Active | Self::Withdrawn | Self::RegistrationCancelled | Self::Deceased)
            }
            Self::OnLeave | Self::Suspended => {
                matches!(
                    next,
                    Self::Active | Self::Withdrawn | Self::Dismissed | Self::Transferred | Self::Deceased
                )
            }
            Self::Withdrawn | Self::Dismissed | Self::Transferred | Self::RegistrationCancelled => {
                matches!(next, Self::Active | Self::Deceased)
            }
            Self::Graduated | Self::Deceased => false,
        }
    }
}

vocabulary! {
    /// How an enrolment came to be. What follows from a kind (papers, fields, fee, reporting) is data of the rule
    /// book under the same code.
    EntryKind {
        /// ÖSYM YKS placement.
        Yks => "yks",
        /// ÖSYM YKS ek yerleştirme.
        YksAdditional => "yks_additional",
        /// Dikey geçiş (DGS).
        Dgs => "dgs",
        /// DGS ek yerleştirme.
        DgsAdditional => "dgs_additional",
        /// Özel yetenek sınavı.
        SpecialTalent => "special_talent",
        /// Uluslararası öğrenci kontenjanı.
        International => "international",
        /// Kurum içi yatay geçiş.
        TransferInternal => "transfer_internal",
        /// Kurumlararası yatay geçiş, by average.
        TransferExternal => "transfer_external",
        /// Ek Madde-1, transfer by the central score.
        TransferCentral => "transfer_central",
        /// Çift anadal.
        DoubleMajor => "double_major",
        /// Yandal.
        Minor => "minor",
        /// Incoming Erasmus+ guest.
        Erasmus => "erasmus",
        /// Incoming Farabi guest.
        Farabi => "farabi",
        /// Incoming Mevlana guest.
        Mevlana => "mevlana",
        /// Incoming Orhun guest.
        Orhun => "orhun",
        /// Incoming guest by a bilateral agreement.
        Bilateral => "bilateral",
        /// Incoming özel öğrenci.
        SpecialStudent => "special_student",
        /// Öğrenci affı.
        Amnesty => "amnesty",
        /// Taken over from the records of an earlier system, which did not say.
        Records => "records",
    }
}

impl EntryKind {
    /// The placement whose empty seats an additional one fills; none for every other way of entry.
    ///
    /// # Legal basis
    /// KYT-06.
    pub const fn first_round(self) -> Option<Self> {
        match self {
            Self::YksAdditional => Some(Self::Yks),
            Self::DgsAdditional => Some(Self::Dgs),
            _ => None,
        }
    }
}

vocabulary! {
    /// Why an enrolment hangs on another one of the same person.
    LinkKind {
        /// Çift anadal.
        DoubleMajor => "double_major",
        /// Yandal.
        Minor => "minor",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_and_event_is_on_the_table() {
        let mut table = String::new();
        for from in EnrolmentStatus::ALL {
            for to in EnrolmentStatus::ALL {
                table.push_str(&format!(
                    "{from:>12} -> {to:<12} {}\n",
                    if from.may_become(*to) { "yes" } else { "-" }
                ));
            }
        }
        insta::assert_snapshot!(table);
    }
}
